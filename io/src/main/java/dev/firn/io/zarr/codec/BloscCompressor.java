package dev.firn.io.zarr.codec;

import java.util.Locale;

/** The {@code cname} of the {@code blosc} codec. */
public enum BloscCompressor {
  /** BloscLZ. */
  BLOSCLZ(0),
  /** LZ4. */
  LZ4(1),
  /** LZ4, slow compression; its frames are those of LZ4. */
  LZ4HC(1),
  /** Snappy: frames are recognised, not read. */
  SNAPPY(2),
  /** Zlib. */
  ZLIB(3),
  /** Zstandard. */
  ZSTD(4);

  private final int format;

  BloscCompressor(int format) {
    this.format = format;
  }

  /** Its number in the flags of a frame. */
  int format() {
    return format;
  }

  /** Its name in metadata. */
  public String zarrName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
