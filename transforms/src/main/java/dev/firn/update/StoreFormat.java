package dev.firn.update;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A format that archives are stored in; the names of stores end in it. */
public enum StoreFormat {
  /** One Icechunk repository, whose branch {@code main} is what readers see. */
  ICECHUNK,
  /** Zarr v3, opened through the root's consolidated metadata. */
  ZARR;

  /** What names of stores end in. */
  String suffix() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /** The format of the store called {@code name}; empty when it ends in none. */
  public static Optional<StoreFormat> of(String name) {
    return Arrays.stream(values()).filter(format -> name.endsWith(format.suffix())).findFirst();
  }
}
