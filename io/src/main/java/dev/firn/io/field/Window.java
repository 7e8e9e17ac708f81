package dev.firn.io.field;

/**
 * The part of a grid that is wanted: some of its rows, and of each some columns.
 *
 * @param rows which rows
 * @param columns which columns
 */
public record Window(Span rows, Span columns) {
  /**
   * Evenly spaced indices.
   *
   * @param first the first index
   * @param count how many there are
   * @param step from one to the next, at least 1
   */
  public record Span(int first, int count, int step) {
    /** Checks that the last index can be counted. */
    public Span {
      if (first < 0 || count < 0 || step < 1 || first + (count - 1L) * step > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Invalid span: " + count + " from " + first + " in steps of " + step);
      }
    }

    /** All of {@code count} indices. */
    public static Span all(int count) {
      return new Span(0, count, 1);
    }

    /** The last index; before the first where there is none. */
    public int last() {
      return first + (count - 1) * step;
    }

    private void checkWithin(int size, String what) {
      if (last() >= size) {
        throw new IllegalArgumentException(
            "Invalid window: " + what + " " + last() + " of a grid that has " + size);
      }
    }
  }

  /** The whole of {@code grid}. */
  public static Window of(Grid grid) {
    return new Window(Span.all(grid.rows()), Span.all(grid.columns()));
  }

  /** Points in all. */
  public int points() {
    return Math.multiplyExact(rows.count(), columns.count());
  }

  /** Checks that {@code grid} has all of its rows and columns. */
  public void checkWithin(Grid grid) {
    rows.checkWithin(grid.rows(), "row");
    columns.checkWithin(grid.columns(), "column");
  }
}
