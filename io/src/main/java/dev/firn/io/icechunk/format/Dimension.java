package dev.firn.io.icechunk.format;

import java.util.Optional;

/**
 * One dimension of an array.
 *
 * @param length the number of elements
 * @param chunks the number of chunks along it
 * @param name its name; an empty one is none
 */
public record Dimension(long length, long chunks, Optional<String> name) {
  /** Checks the numbers. */
  public Dimension {
    if (length < 0) {
      throw new IllegalArgumentException("Invalid dimension length " + length);
    }
    Uint32.check("number of chunks", chunks);
    name = name.filter(text -> !text.isEmpty());
  }
}
