package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.firn.io.field.Field;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.field.Window;
import dev.firn.io.field.Window.Span;
import java.util.Random;

/** Random windows of a field against the field. */
final class Windows {
  private Windows() {}

  static void check(GribField field, Random random) {
    Field whole = field.decode();
    int columns = whole.grid().columns();
    Window window = new Window(span(random, whole.grid().rows()), span(random, columns));
    int margin = random.nextInt(3);
    float[] expected = new float[window.points() + 2 * margin];
    int next = margin;
    for (int row = 0; row < window.rows().count(); row++) {
      int start = (window.rows().first() + row * window.rows().step()) * columns;
      for (int column = 0; column < window.columns().count(); column++) {
        int index = start + window.columns().first() + column * window.columns().step();
        expected[next++] = whole.values()[index];
      }
    }

    float[] out = new float[expected.length];
    field.decodeInto(out, margin, window, UnitConversion.NONE);

    assertThat(window.toString(), out, is(expected));
  }

  /** Sometimes all indices, sometimes none. */
  private static Span span(Random random, int size) {
    if (random.nextInt(4) == 0) {
      return Span.all(size);
    }
    int first = random.nextInt(size);
    int step = 1 + random.nextInt(4);
    return new Span(first, random.nextInt((size - 1 - first) / step + 2), step);
  }
}
