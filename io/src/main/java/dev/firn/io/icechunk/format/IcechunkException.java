package dev.firn.io.icechunk.format;

import dev.firn.io.Origin;

/**
 * A file of an Icechunk repository that breaks the format or uses a part of it that is not known:
 * the message names the object and says what was found.
 */
public final class IcechunkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String detail;

  /**
   * Reports what could not be read.
   *
   * @param what the structure, as the specification calls it: "snapshot"
   * @param origin the object
   * @param detail found versus expected
   */
  public IcechunkException(String what, Origin origin, String detail) {
    super("Cannot read " + what + " in " + origin + ": " + detail);
    this.detail = detail;
  }

  /** As above, keeping what a library reported. */
  public IcechunkException(String what, Origin origin, String detail, Throwable cause) {
    super("Cannot read " + what + " in " + origin + ": " + detail, cause);
    this.detail = detail;
  }

  /** Found versus expected, for those who name the object themselves. */
  public String detail() {
    return detail;
  }
}
