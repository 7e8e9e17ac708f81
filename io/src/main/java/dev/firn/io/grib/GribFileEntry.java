package dev.firn.io.grib;

import dev.firn.io.Origin;

/**
 * A message found in a file, not parsed yet.
 *
 * @param edition of GRIB: 1 or 2
 * @param offset of its {@code G}
 * @param lengthBytes as it says itself
 * @param origin the file, and the offset in it
 */
public record GribFileEntry(int edition, long offset, long lengthBytes, Origin origin) {}
