package dev.firn.update;

import dev.firn.io.Origin;

/**
 * A field is whole, but not the one that the dataset knows: another parameter, level, time or grid.
 * It is reported and not written.
 */
final class QuarantinedFieldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Reports such a field.
   *
   * @param variable it was read for
   * @param difference found versus expected
   */
  QuarantinedFieldException(String variable, Origin origin, String difference) {
    super("Cannot read " + variable + " in " + origin + ": " + difference);
  }
}
