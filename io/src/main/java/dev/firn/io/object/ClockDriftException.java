package dev.firn.io.object;

/** A host does not write, because its clock is not that of the store. */
public final class ClockDriftException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  ClockDriftException(String message) {
    super(message);
  }
}
