package dev.firn.io.grib;

import dev.firn.io.field.Window;
import dev.firn.io.field.Window.Span;
import dev.firn.io.grib.grid.ScanningMode;
import dev.firn.io.grib.packing.ValueReader;

/**
 * Reads a window's values line by line as they are stored, and puts them in order: row by row, each
 * in the direction of the first. A line is a row, or a column where points are stored column by
 * column.
 */
final class LineReader {
  private final ValueReader values;
  private final ScanningMode scanning;
  private final int lineLength;
  private final Span lines;
  private final Span points;
  private final int lineStride;
  private final int pointStride;
  private final float[] line;
  private int position;

  /**
   * Reads a window.
   *
   * @param values of the whole grid, in stored order
   * @param rows of the grid
   * @param columns of the grid
   */
  LineReader(ValueReader values, ScanningMode scanning, Window window, int rows, int columns) {
    boolean byColumn = scanning.columnByColumn();
    this.values = values;
    this.scanning = scanning;
    this.lineLength = byColumn ? rows : columns;
    this.lines = byColumn ? window.columns() : window.rows();
    this.points = byColumn ? window.rows() : window.columns();
    this.lineStride = byColumn ? 1 : points.count();
    this.pointStride = byColumn ? lines.count() : 1;
    this.line = new float[Math.max(0, points.last() - points.first() + 1)];
  }

  /** Stores the window's values from index {@code from} on. */
  void read(float[] out, int from) {
    boolean inOrder = !scanning.alternating() && pointStride == 1;
    if (inOrder && points.count() == lineLength && lines.step() == 1) {
      skipTo((long) lines.first() * lineLength);
      values.read(out, from, lines.count() * lineLength);
    } else {
      for (int i = 0; i < lines.count(); i++) {
        readLine(lines.first() + i * lines.step(), out, from + i * lineStride);
      }
    }
  }

  private void readLine(int number, float[] out, int from) {
    boolean backward = scanning.alternating() && number % 2 == 1;
    int first = backward ? lineLength - 1 - points.last() : points.first();
    skipTo((long) number * lineLength + first);
    values.read(line, 0, line.length);
    position += line.length;
    int step = backward ? -points.step() : points.step();
    int next = backward ? line.length - 1 : 0;
    for (int i = 0; i < points.count(); i++) {
      out[from + i * pointStride] = line[next];
      next += step;
    }
  }

  private void skipTo(long target) {
    values.skip((int) target - position);
    position = (int) target;
  }
}
