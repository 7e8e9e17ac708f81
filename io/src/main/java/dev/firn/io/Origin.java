package dev.firn.io;

import java.util.OptionalLong;

/**
 * Where bytes came from, as every format error names it: a file or object, and the offset in it
 * when one is known.
 *
 * @param name the file, URL or store key
 * @param offset the 0-based byte offset in it, empty when the error concerns the whole
 */
public record Origin(String name, OptionalLong offset) {

  /** The whole of {@code name}. */
  public static Origin of(String name) {
    return new Origin(name, OptionalLong.empty());
  }

  /** The byte at {@code offset} of {@code name}. */
  public static Origin of(String name, long offset) {
    return new Origin(name, OptionalLong.of(offset));
  }

  /** The byte {@code distance} bytes further on; the same origin when no offset is known. */
  public Origin plus(long distance) {
    return offset.isPresent() ? of(name, offset.getAsLong() + distance) : this;
  }

  @Override
  public String toString() {
    return offset.isPresent() ? name + " at byte " + offset.getAsLong() : name;
  }
}
