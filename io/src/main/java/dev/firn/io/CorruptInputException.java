package dev.firn.io;

/**
 * Input that breaks its format's rules: the message says what failed, where, and found versus
 * expected.
 */
public final class CorruptInputException extends FormatException {
  private static final long serialVersionUID = 1L;

  /**
   * Reports what could not be done.
   *
   * @param action what failed, in the imperative: "decode bit-map"
   * @param origin where
   * @param detail found versus expected: "section 6 has 100 bits, grid has 1038240"
   */
  public CorruptInputException(String action, Origin origin, String detail) {
    super("Cannot " + action + " in " + origin + ": " + detail, origin);
  }

  /** As above, keeping what a library reported. */
  public CorruptInputException(String action, Origin origin, String detail, Throwable cause) {
    super("Cannot " + action + " in " + origin + ": " + detail, origin, cause);
  }
}
