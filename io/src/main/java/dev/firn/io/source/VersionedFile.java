package dev.firn.io.source;

/**
 * A whole file with the version it was read at. Equality is identity of the content array.
 *
 * @param version which version
 * @param bytes the content, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record VersionedFile(FileVersion version, byte[] bytes) {}
