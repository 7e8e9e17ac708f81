package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The formats, told apart by their first bytes. */
enum FileKind {
  CLASSIC,
  HDF5;

  private static final int CLASSIC_MAGIC = 0x434446; // CDF
  private static final int LARGE_ARRAYS = 5;
  private static final long HDF5_MAGIC = 0x894844460D0A1A0AL;
  private static final long FIRST_USER_BLOCK = 512;

  static FileKind of(Path path, Origin origin) throws IOException {
    try (ByteSource source = ByteSource.open(path)) {
      long length = source.lengthBytes();
      if (length >= Integer.BYTES) {
        int magic = ByteBuffer.wrap(source.read(0, Integer.BYTES)).getInt();
        if (magic >>> Byte.SIZE == CLASSIC_MAGIC) {
          return checkedVersion(magic & 0xFF, origin);
        }
      }
      for (long at = 0; at + Long.BYTES <= length; at = at == 0 ? FIRST_USER_BLOCK : 2 * at) {
        if (ByteBuffer.wrap(source.read(at, Long.BYTES)).getLong() == HDF5_MAGIC) {
          return HDF5;
        }
      }
      throw new CorruptInputException(
          "open", Origin.of(origin.name(), 0), "it begins neither as NetCDF nor as HDF5");
    }
  }

  private static FileKind checkedVersion(int version, Origin origin) {
    if (version == LARGE_ARRAYS) {
      throw new UnsupportedFeatureException(
          "NetCDF-3 version 5 (64-bit data, CDF-5)", Origin.of(origin.name(), 3));
    }
    if (version != 1 && version != 2) {
      throw new CorruptInputException(
          "open", Origin.of(origin.name(), 3), "NetCDF-3 version " + version + ", not 1 or 2");
    }
    return CLASSIC;
  }
}
