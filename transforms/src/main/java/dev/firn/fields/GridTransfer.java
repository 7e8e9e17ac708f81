package dev.firn.fields;

/** Brings decoded fields to the grid of an archive, row by row. */
public interface GridTransfer {

  /**
   * Puts what belongs in a row of the archive to {@code target}, from {@code targetOffset} on.
   *
   * @param source the values of a field as decoded
   */
  void copyRow(float[] source, int targetRow, float[] target, int targetOffset);
}
