package dev.firn.notify;

/** An event that does not have the form it should have. */
final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedEventException(String why) {
    super(why);
  }
}
