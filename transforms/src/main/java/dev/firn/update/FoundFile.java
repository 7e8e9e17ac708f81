package dev.firn.update;

import dev.firn.io.source.FileVersion;

/**
 * A source file that is there.
 *
 * @param file what it was planned to be read for
 * @param url which of its places it was found at
 * @param version at which it was found
 */
public record FoundFile(SourceFile file, String url, FileVersion version) {}
