package dev.firn.live;

import dev.firn.update.SourceFile;

/**
 * A source file of which something was heard: it may be there, and it may be ready.
 *
 * @param dataset whose file it is
 * @param position of the append dimension
 * @param file as the dataset's definition plans it
 */
public record Candidate(String dataset, long position, SourceFile file) {}
