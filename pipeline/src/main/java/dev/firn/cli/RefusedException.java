package dev.firn.cli;

/** A guard refuses what was asked for before any of it was begun. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Reports a refusal.
   *
   * @param undone what did not happen therefore: "published"
   * @param reason why
   */
  RefusedException(String undone, String reason) {
    super("refused, nothing was " + undone + ": " + reason);
  }

  /** Reports why nothing was published. */
  RefusedException(String reason) {
    this("published", reason);
  }
}
