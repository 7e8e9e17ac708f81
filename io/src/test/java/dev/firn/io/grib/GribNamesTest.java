package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.firn.io.Origin;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Expected names are those of ecCodes 2.50. */
class GribNamesTest {
  private static final GribNames NAMES = GribNames.load();
  private static final Origin ORIGIN = Origin.of("made.grib2", 0);

  private static Optional<String> shortName(GribWriter writer) {
    GribProduct product = GribMessage.parse(writer.toBytes(), ORIGIN).fields().get(0).product();
    return NAMES.parameter(product).map(ParameterName::shortName);
  }

  private static GribWriter at(int type, double value) {
    return GribWriter.message().level(Level.at(FixedSurface.of(type, value)));
  }

  @Test
  void levelsMakeNamesOfTheirOwn() {
    assertThat(shortName(at(103, 2)), is(Optional.of("2t")));
    assertThat(shortName(at(100, 50_000)), is(Optional.of("t")));
    assertThat(shortName(at(103, 10).parameter(new Parameter(0, 2, 2))), is(Optional.of("10u")));
  }

  @Test
  void processesMakeNamesOfTheirOwn() {
    StatisticalInterval interval = new StatisticalInterval(1, Duration.ZERO, Duration.ofHours(6));
    GribWriter rain =
        GribWriter.message()
            .parameter(new Parameter(0, 1, 52))
            .level(Level.at(FixedSurface.of(1)))
            .interval(interval);

    assertThat(shortName(rain), is(Optional.of("tp")));
  }

  @Test
  void centresHaveNamesOfTheirOwn() {
    Parameter local = new Parameter(0, 0, 192);

    assertThat(
        shortName(GribWriter.message().centre(7).parameter(local)), is(Optional.of("snohf")));
    assertThat(shortName(GribWriter.message().centre(54).parameter(local)), is(Optional.empty()));
  }

  @Test
  void parametersWithoutShortNameHaveTheNameOfTheCodeTable() {
    GribProduct product =
        GribMessage.parse(GribWriter.message().parameter(new Parameter(0, 0, 18)).toBytes(), ORIGIN)
            .fields()
            .get(0)
            .product();

    assertThat(
        NAMES.parameter(product),
        is(Optional.of(new ParameterName("", "Snow temperature (top of snow)", "K"))));
  }

  @Test
  void productsOfUnknownTemplatesHaveTheNameOfAnyLevel() {
    GribProduct product = ProductSections.product(65535);

    assertThat(NAMES.parameter(product).map(ParameterName::unit), is(Optional.of("kg m**-2")));
  }

  @Test
  void levelTypesAreNamed() {
    Level layer = Level.between(FixedSurface.of(106, 0), FixedSurface.of(106, 0.1));

    assertThat(NAMES.levelType(layer, 7), is(Optional.of("depthBelowLandLayer")));
    assertThat(
        NAMES.levelType(Level.at(FixedSurface.of(100, 50_000)), 7),
        is(Optional.of("isobaricInhPa")));
    assertThat(
        NAMES.levelType(Level.at(FixedSurface.of(100, 40)), 7), is(Optional.of("isobaricInPa")));
    assertThat(
        NAMES.levelType(Level.at(FixedSurface.of(220)), 7),
        is(Optional.of("planetaryBoundaryLayer")));
    assertThat(NAMES.levelType(Level.at(FixedSurface.of(220)), 98), is(Optional.empty()));
  }

  @Test
  void surfacesHaveNameAndUnit() {
    assertThat(NAMES.surface(100, 7), is(Optional.of("Isobaric surface")));
    assertThat(NAMES.surfaceUnit(100, 7), is(Optional.of("Pa")));
    assertThat(NAMES.surfaceUnit(1, 7), is(Optional.empty()));
    assertThat(NAMES.surface(254, 98), is(Optional.empty()));
  }
}
