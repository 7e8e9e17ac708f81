package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.firn.io.Origin;
import dev.firn.io.field.Field;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import dev.firn.io.field.RegularAxis;
import dev.firn.io.grib.grid.ScanningMode;
import dev.firn.io.grib.packing.Scale;
import dev.firn.io.grib.packing.ScaledTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GribWriterTest {
  private static final Origin ORIGIN = Origin.of("made.grib2", 0);
  private static final LatLonGrid GRID =
      new LatLonGrid(RegularAxis.degrees(10, 8, 3), RegularAxis.degrees(20, 21, 2));

  private static List<GribField> read(GribWriter writer) {
    return GribMessage.parse(writer.toBytes(), ORIGIN).fields();
  }

  private static Field field(float... values) {
    return new Field(GRID, values);
  }

  @Test
  void identityOfAPointInTimeComesBack() {
    Instant referenceTime = Instant.parse("2026-02-28T18:30:15Z");
    Level level = Level.between(FixedSurface.of(106, 0.1), FixedSurface.of(106, 0.4));

    GribField field =
        read(GribWriter.message()
                .parameter(new Parameter(2, 0, 192))
                .level(level)
                .referenceTime(referenceTime)
                .leadTime(Duration.ofHours(-3)))
            .get(0);

    assertThat(field.parameter(), is(new Parameter(2, 0, 192)));
    assertThat(field.level(), is(level));
    assertThat(field.referenceTime(), is(referenceTime));
    assertThat(field.leadTime(), is(Duration.ofHours(-3)));
    assertThat(field.interval(), is(Optional.empty()));
    assertThat(field.member(), is(Optional.empty()));
    assertThat(field.derivedForecast(), is(Optional.empty()));
    assertThat(field.productTemplate(), is(0));
  }

  @Test
  void leadTimeOfAnIntervalIsItsEnd() {
    StatisticalInterval interval =
        new StatisticalInterval(1, Duration.ofHours(6), Duration.ofMinutes(12 * 60 + 1));
    EnsembleMember member = new EnsembleMember(3, 20, 30);

    GribField field = read(GribWriter.message().interval(interval).member(member)).get(0);

    assertThat(field.interval(), is(Optional.of(interval)));
    assertThat(field.leadTime(), is(interval.end()));
    assertThat(field.member(), is(Optional.of(member)));
    assertThat(field.productTemplate(), is(11));
  }

  @Test
  void derivedForecastComesBackWithItsTemplate() {
    GribField field = read(GribWriter.message().derivedForecast(4, 30)).get(0);

    assertThat(field.derivedForecast(), is(Optional.of(4)));
    assertThat(field.productTemplate(), is(2));
  }

  @Test
  void levelsComeBackHoweverTheyScale() {
    for (double value : new double[] {0, 2, 0.995, -2e-6, 85000, 1e9, 123456.789, 3e11}) {
      Level level = Level.at(FixedSurface.of(103, value));

      assertThat(read(GribWriter.message().level(level)).get(0).level(), is(level));
    }
  }

  @Test
  void missingValuesOfSimplePackingGoIntoABitMap() {
    Field field = field(1, Float.NaN, 3, Float.NaN, Float.NaN, 6);

    GribField written = read(GribWriter.message().field(field)).get(0);

    assertThat(written.hasBitMap(), is(true));
    assertThat(written.decode(), is(field));
  }

  @Test
  void inlineMissingValuesNeedNoBitMap() {
    Field field = field(1, Float.NaN, 3, Float.NaN, Float.NaN, 6);
    Packing packing = Packing.spatialDifferencing(2, 8, 0).withInlineMissing();

    GribField written = read(GribWriter.message().field(field).packing(packing)).get(0);

    assertThat(written.hasBitMap(), is(false));
    assertThat(written.decode().values()[1], is(Float.NaN));
    assertThat((double) written.decode().values()[5], closeTo(6, 0.02));
  }

  @Test
  void constantFieldsNeedNoData() {
    Field field = field(273.15f, 273.15f, 273.15f, 273.15f, 273.15f, 273.15f);

    GribField written =
        read(GribWriter.message().field(field).packing(Packing.simple(12, 2))).get(0);

    assertThat(written.packing().bitsPerValue(), is(0));
    assertThat(written.decode(), is(field));
  }

  @Test
  void fieldsOfAMessageShareGridAndBitMap() {
    Field first = field(1, 2, 3, 4, Float.NaN, 6);
    Field second = field(7, 8, 9, 10, Float.NaN, 12);
    LatLonGrid otherGrid =
        new LatLonGrid(RegularAxis.degrees(0, 1, 2), RegularAxis.degrees(3, 4, 2));
    Field third = new Field(otherGrid, new float[] {1, 2, 3, Float.NaN});
    GribWriter writer =
        GribWriter.message()
            .field(first)
            .nextField()
            .leadTime(Duration.ofHours(1))
            .field(second)
            .nextField()
            .field(third);

    List<GribField> fields = read(writer);

    assertThat(fields.stream().map(GribField::decode).toList(), contains(first, second, third));
    assertThat(fields.get(0).leadTime(), is(Duration.ZERO));
    assertThat(fields.get(1).leadTime(), is(Duration.ofHours(1)));
  }

  @Test
  void sameSettingsGiveSameBytes() {
    GribWriter once = GribWriter.message().field(field(1, 2, 3, 4, 5, 6));
    GribWriter again = GribWriter.message().field(field(1, 2, 3, 4, 5, 6));

    assertThat(once.toBytes(), is(again.toBytes()));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        ScanningMode.ALTERNATING,
        ScanningMode.COLUMN_BY_COLUMN,
        ScanningMode.COLUMN_BY_COLUMN | ScanningMode.ALTERNATING
      })
  void storedOrderIsUndone(int flags) {
    Field field = field(1, 2, Float.NaN, 4, 5, 6);

    assertThat(
        read(GribWriter.message().field(field).storedOrder(flags)).get(0).decode(), is(field));
  }

  @Test
  void gridsComeBackInAllDirections() {
    for (RegularAxis latitude :
        List.of(RegularAxis.degrees(90, -90, 3), RegularAxis.degrees(-1.5, 1.5, 4))) {
      for (RegularAxis longitude :
          List.of(
              RegularAxis.degrees(0, 359.75, 1440),
              RegularAxis.degrees(0, 360, 5),
              RegularAxis.degrees(350, 370, 3),
              RegularAxis.degrees(10, -10, 3),
              RegularAxis.degrees(7, 7, 1))) {
        LatLonGrid grid = new LatLonGrid(latitude, longitude);

        GribField field =
            read(GribWriter.message().field(new Field(grid, new float[grid.points()]))).get(0);

        assertThat(field.grid(), is(grid));
      }
    }
  }

  @Test
  void randomFieldsComeBackWithinHalfAStep() {
    Random random = new Random(1);
    for (int round = 0; round < 600; round++) {
      Field field = randomField(random);
      Packing packing = randomPacking(random);
      int order = random.nextInt(4) << 4;
      String reason = "round " + round + ": " + packing;

      GribField written =
          read(GribWriter.message().field(field).packing(packing).storedOrder(order)).get(0);

      assertThat(reason, written.grid(), is(field.grid()));
      assertWithinHalfAStep(reason, written, field);
    }
  }

  private static void assertWithinHalfAStep(String reason, GribField written, Field field) {
    Scale scale = ((ScaledTemplate) written.packing()).scale();
    double step = Math.scalb(1.0, scale.binaryFactor()) * Math.pow(10, -scale.decimalFactor());
    float[] values = written.decode().values();
    for (int i = 0; i < values.length; i++) {
      float expected = field.values()[i];
      if (Float.isNaN(expected)) {
        assertThat(reason, values[i], is(Float.NaN));
      } else {
        double rounding = Math.ulp(expected) + Math.abs(expected) * 1e-15;
        assertThat(reason, (double) values[i], closeTo(expected, step / 2 * 1.0001 + rounding));
      }
    }
  }

  private static Field randomField(Random random) {
    int rows = 1 + random.nextInt(9);
    int columns = 1 + random.nextInt(40);
    double scale = Math.pow(10, random.nextInt(9) - 4);
    double offset = random.nextGaussian() * 100;
    double missing = random.nextInt(4) == 0 ? 1 : random.nextDouble() * random.nextInt(2);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          random.nextDouble() < missing
              ? Float.NaN
              : (float) (offset + scale * (Math.sin(i * 0.1) + random.nextInt(3)));
    }
    RegularAxis latitude = RegularAxis.degrees(0, rows - 1, rows);
    return new Field(
        new LatLonGrid(latitude, RegularAxis.degrees(5, 4 + columns, columns)), values);
  }

  private static Packing randomPacking(Random random) {
    int bits = 1 + random.nextInt(24);
    int decimalScale = random.nextInt(7) - 2;
    Packing packing =
        switch (random.nextInt(4)) {
          case 0 -> Packing.simple(bits, decimalScale);
          case 1 -> Packing.complex(bits, decimalScale);
          default -> Packing.spatialDifferencing(1 + random.nextInt(2), bits, decimalScale);
        };
    return packing.template() != 0 && random.nextBoolean() ? packing.withInlineMissing() : packing;
  }

  @Test
  void defaultMessageHasOneField() {
    assertThat(read(GribWriter.message()), hasSize(1));
  }
}
