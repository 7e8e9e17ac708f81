package dev.firn.cli;

import dev.firn.io.field.Field;
import dev.firn.io.field.PointCoordinates;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** A field for people: a summary, then a line for each point. */
final class FieldText {
  private final Field field;

  FieldText(Field field) {
    this.field = field;
  }

  void print(PrintWriter out) {
    out.println(summary());
    Optional<PointCoordinates> coordinates = field.grid().coordinates();
    for (int point = 0; point < field.values().length; point++) {
      int each = point;
      String place =
          coordinates.map(c -> c.latitudes()[each] + " " + c.longitudes()[each] + " ").orElse("");
      out.println(place + field.values()[point]);
    }
  }

  /** {@code # 29040 values, 0 missing, min 1.5, max 2.5, mean 2}. */
  private String summary() {
    int missing = 0;
    double sum = 0;
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float value : field.values()) {
      if (Float.isNaN(value)) {
        missing++;
      } else {
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    int present = field.values().length - missing;
    String counts = "# " + field.values().length + " values, " + missing + " missing";
    return present == 0
        ? counts
        : counts
            + String.format(Locale.ROOT, ", min %s, max %s, mean %.6g", min, max, sum / present);
  }
}
