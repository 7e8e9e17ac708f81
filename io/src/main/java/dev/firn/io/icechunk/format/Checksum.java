package dev.firn.io.icechunk.format;

/** What tells that the object a virtual chunk is in is the one that was referred to. */
public sealed interface Checksum {
  /**
   * The object's entity tag.
   *
   * @param value the tag as the store gave it
   */
  record ETagChecksum(String value) implements Checksum {}

  /**
   * When the object was last modified.
   *
   * @param epochSeconds seconds since 1970, 1 to 2^32 - 1: the format has no other
   */
  record LastModified(long epochSeconds) implements Checksum {
    /** Checks the range. */
    public LastModified {
      Uint32.check("modification time", epochSeconds);
      if (epochSeconds == 0) {
        throw new IllegalArgumentException("Invalid modification time 0: it stands for none");
      }
    }
  }
}
