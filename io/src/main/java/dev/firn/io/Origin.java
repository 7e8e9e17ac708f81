package dev.firn.io;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where bytes came from, as every format error names it: a file or object, the offset in it when
 * one is known, and which octet of a message that is where the format has messages.
 *
 * @param name the file, URL or store key
 * @param offset the 0-based byte offset in it, empty when the error concerns the whole
 * @param place the octet within a message, empty outside of sections
 */
public record Origin(String name, OptionalLong offset, Optional<MessagePlace> place) {

  /** The whole of {@code name}. */
  public static Origin of(String name) {
    return new Origin(name, OptionalLong.empty(), Optional.empty());
  }

  /** The byte at {@code offset} of {@code name}. */
  public static Origin of(String name, long offset) {
    return new Origin(name, OptionalLong.of(offset), Optional.empty());
  }

  /** The byte {@code distance} bytes further on, in the same section. */
  public Origin plus(long distance) {
    return new Origin(name, offsetPlus(distance), place.map(octet -> octet.plus(distance)));
  }

  /**
   * Octet 1 of section {@code number}.
   *
   * @param distance from here, where the message begins
   */
  public Origin section(int number, long distance) {
    MessagePlace first = new MessagePlace(offset, number, 1);
    return new Origin(name, offsetPlus(distance), Optional.of(first));
  }

  private OptionalLong offsetPlus(long distance) {
    return offset.isPresent() ? OptionalLong.of(offset.getAsLong() + distance) : offset;
  }

  @Override
  public String toString() {
    String at = offset.isPresent() ? " at byte " + offset.getAsLong() : "";
    return name + at + place.map(octet -> " (" + octet + ")").orElse("");
  }
}
