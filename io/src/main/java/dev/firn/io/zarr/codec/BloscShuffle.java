package dev.firn.io.zarr.codec;

import java.util.Locale;

/** The {@code shuffle} of the {@code blosc} codec. */
public enum BloscShuffle {
  /** Bytes stay where they are. */
  NOSHUFFLE,
  /** The first bytes of all elements, then the second ones, and so on. */
  SHUFFLE,
  /** The same with bits. */
  BITSHUFFLE;

  /** Its name in metadata. */
  public String zarrName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
