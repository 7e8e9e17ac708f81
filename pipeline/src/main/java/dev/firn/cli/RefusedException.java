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
    this("refused, nothing was " + undone + ": " + reason);
  }

  private RefusedException(String message) {
    super(message);
  }

  /** The same refusal, with what a user can do now. */
  RefusedException and(String advice) {
    return new RefusedException(getMessage() + advice);
  }
}
