package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import dev.firn.io.Origin;
import dev.firn.io.field.Field;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.RegularAxis;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.field.Window;
import dev.firn.io.field.Window.Span;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeIntoTest {
  private static final int ROWS = 41;
  private static final int COLUMNS = 52;

  private static GribField written(int storedOrder, Packing packing) {
    Random random = new Random(1);
    float[] values = new float[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(9) == 0 ? Float.NaN : i % 500;
    }
    Field field =
        new Field(
            new LatLonGrid(RegularAxis.degrees(10, -10, ROWS), RegularAxis.degrees(0, 51, COLUMNS)),
            values);
    GribWriter writer = GribWriter.message().field(field).storedOrder(storedOrder).packing(packing);
    return GribMessage.parse(writer.toBytes(), Origin.of("made.grib2", 0)).fields().get(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x10, 0x20, 0x30})
  void windowsAreInRowsWhateverOrderPointsAreStoredIn(int storedOrder) {
    GribField field = written(storedOrder, Packing.simple(16, 0));
    Random random = new Random(storedOrder);

    for (int i = 0; i < 100; i++) {
      Windows.check(field, random);
    }
  }

  @Test
  void unitsAreConverted() {
    GribField field = written(0, Packing.simple(16, 0));
    float[] celsius = field.decode(UnitConversion.KELVIN_TO_CELSIUS).values();
    float[] out = new float[3];

    field.decodeInto(
        out,
        1,
        new Window(new Span(2, 1, 1), new Span(7, 2, 30)),
        UnitConversion.KELVIN_TO_CELSIUS);

    assertThat(out, is(new float[] {0, celsius[2 * COLUMNS + 7], celsius[2 * COLUMNS + 37]}));
  }

  @Test
  void windowOutsideTheGridIsInvalid() {
    GribField field = written(0, Packing.simple(16, 0));
    Window window = new Window(new Span(0, ROWS, 1), new Span(1, COLUMNS, 1));

    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> field.decodeInto(new float[9999], 0, window, UnitConversion.NONE));

    assertThat(e.getMessage(), is("Invalid window: column 52 of a grid that has 52"));
  }

  @Test
  void arrayWithoutRoomIsInvalid() {
    GribField field = written(0, Packing.simple(16, 0));
    Window window = Window.of(field.grid());

    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> field.decodeInto(new float[ROWS * COLUMNS], 1, window, UnitConversion.NONE));

    assertThat(e.getMessage(), is("Invalid array: 2132 values from 1 in 2132"));
  }

  @Test
  void spanThatCannotBeCountedIsInvalid() {
    assertThrows(IllegalArgumentException.class, () -> new Span(-1, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Span(0, 2, 0));
    assertThrows(IllegalArgumentException.class, () -> new Span(0, 3, 1 << 30));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void littleIsAllocatedForAField(boolean differencing) {
    GribField field =
        written(0, differencing ? Packing.spatialDifferencing(2, 16, 0) : Packing.simple(16, 0));
    Window window = Window.of(field.grid());
    float[] out = new float[window.points()];
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    field.decodeInto(out, 0, window, UnitConversion.NONE);

    long before = thread.getCurrentThreadAllocatedBytes();
    field.decodeInto(out, 0, window, UnitConversion.NONE);

    assertThat(thread.getCurrentThreadAllocatedBytes() - before, is(lessThan(50_000L)));
  }
}
