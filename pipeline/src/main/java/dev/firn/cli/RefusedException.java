package dev.firn.cli;

/** A guard refuses what was asked for before any of it was begun. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
