package dev.firn.io.grib;

import dev.firn.io.field.FixedSurface;
import java.util.Optional;
import java.util.OptionalDouble;

/** The columns of a table of names that say what a name is for; an empty column fits everything. */
final class NameRow {
  private static final String NO_VALUE = "-";

  private final String[] columns;

  NameRow(String line) {
    columns = line.split("\t", -1);
  }

  String text(int column) {
    return columns[column];
  }

  int number(int column) {
    return Integer.parseInt(columns[column]);
  }

  boolean fits(int column, Optional<Integer> number) {
    return columns[column].isEmpty()
        || number.map(String::valueOf).equals(Optional.of(columns[column]));
  }

  /** Whether a column of {@code type}, {@code type:value} or {@code type:-} fits. */
  boolean fits(int column, int type, OptionalDouble value) {
    if (columns[column].isEmpty()) {
      return true;
    }
    String[] parts = columns[column].split(":", 2);
    if (Integer.parseInt(parts[0]) != type) {
      return false;
    }
    if (parts.length == 1) {
      return true;
    }
    return parts[1].equals(NO_VALUE)
        ? value.isEmpty()
        : value.isPresent() && (float) value.getAsDouble() == Float.parseFloat(parts[1]);
  }

  boolean fits(int column, FixedSurface surface) {
    return fits(column, surface.type(), surface.value());
  }
}
