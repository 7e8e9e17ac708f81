package dev.firn.io;

import java.util.OptionalLong;

/**
 * An octet of a format of messages with numbered sections.
 *
 * @param messageOffset the 0-based byte offset of the message, empty when it is not known
 * @param section its number, 0 for the first
 * @param octet from 1, counted from the section's beginning
 */
public record MessagePlace(OptionalLong messageOffset, int section, long octet) {

  MessagePlace plus(long distance) {
    return new MessagePlace(messageOffset, section, octet + distance);
  }

  @Override
  public String toString() {
    String message =
        messageOffset.isPresent() ? "message at byte " + messageOffset.getAsLong() + ", " : "";
    return message + "section " + section + ", octet " + octet;
  }
}
