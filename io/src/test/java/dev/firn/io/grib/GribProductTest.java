package dev.firn.io.grib;

import static dev.firn.io.grib.ProductSections.forecast;
import static dev.firn.io.grib.ProductSections.product;
import static dev.firn.io.grib.ProductSections.statistics;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GribProductTest {
  private static final Duration SIX_HOURS = Duration.ofHours(6);
  private static final Consumer<OctetWriter> FORECAST = forecast(1, 6);

  private static void member(OctetWriter section) {
    section.uint8(3).uint8(7).uint8(30);
  }

  private static void chemical(OctetWriter section) {
    section.uint16(0);
  }

  private static void aerosol(OctetWriter section) {
    section.uint16(62001).uint8(2).int8(7).int32(5).int8(6).int32(-9);
  }

  private static void light(OctetWriter section) {
    section.uint8(11).int8(9).int32(550).missing(5);
  }

  private static Consumer<OctetWriter> missing(int octets) {
    return section -> section.missing(octets);
  }

  private static Consumer<OctetWriter> octets(int count) {
    return section -> section.octets(new byte[count]);
  }

  private static void assertForecast(GribProduct product) {
    assertThat(product.parameter(), is(new Parameter(0, 1, 8)));
    assertThat(product.level(), is(Level.at(FixedSurface.of(100, 50_000))));
    assertThat(product.leadTime(), is(SIX_HOURS));
    assertThat(product.interval(), is(Optional.empty()));
    assertThat(product.generatingProcess(), is(2));
  }

  private static void assertInterval(GribProduct product) {
    assertThat(
        product.interval(),
        is(Optional.of(new StatisticalInterval(1, SIX_HOURS, Duration.ofDays(2)))));
    assertThat(product.leadTime(), is(Duration.ofDays(2)));
    assertThat(
        product.timeRanges(),
        is(List.of(new TimeRange(1, 2, Optional.of(Duration.ofHours(42)), Optional.empty()))));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 90, PT1H30M",
    "1, 6, PT6H",
    "1, -6, PT-6H",
    "2, 2, PT48H",
    "3, 1, PT696H",
    "3, -2, PT-1488H",
    "4, 1, PT8784H",
    "4, -1, PT-8760H",
    "5, 1, PT87672H",
    "6, 1, PT262992H",
    "7, 1, PT876576H",
    "10, 3, PT9H",
    "11, 3, PT18H",
    "12, 3, PT36H",
    "13, 90, PT1M30S",
    "255, 6, PT0S"
  })
  void forecastTimeIsInUnitsOfTheCalendar(int unit, long time, Duration expected) {
    assertThat(product(0, forecast(unit, time)).leadTime(), is(expected));
  }

  @Test
  void forecastTimesBeyondTheCalendarAreCorrupt() {
    CorruptInputException e =
        assertThrows(
            CorruptInputException.class, () -> product(0, forecast(7, 2_000_000_000)).leadTime());

    assertThat(
        e.getMessage(),
        is(
            "Cannot read forecast time in made.grib2 at byte 118:"
                + " found 2000000000 units of CENTURY"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void pointsInTimeHaveNothingMore(int template) {
    assertForecast(product(template, FORECAST));
    assertThat(product(template, FORECAST).member(), is(Optional.empty()));
    assertThat(product(template, FORECAST).timeRanges(), is(List.of()));
  }

  @Test
  void membersHaveTypeAndNumber() {
    Optional<EnsembleMember> member = Optional.of(new EnsembleMember(3, 7, 30));

    assertForecast(product(1, FORECAST, GribProductTest::member));
    assertThat(product(1, FORECAST, GribProductTest::member).member(), is(member));
    assertInterval(product(11, FORECAST, GribProductTest::member, statistics(1, 42)));
    assertThat(
        product(11, FORECAST, GribProductTest::member, statistics(1, 42)).member(), is(member));
  }

  @Test
  void derivedProductsSayHow() {
    Consumer<OctetWriter> derived = s -> s.uint8(4).uint8(30);

    assertForecast(product(2, FORECAST, derived));
    assertThat(product(2, FORECAST, derived).derivedForecast(), is(Optional.of(4)));
    assertInterval(product(12, FORECAST, derived, statistics(1, 42)));
    assertForecast(product(3, FORECAST, derived, octets(32), octets(3)));
    assertForecast(product(4, FORECAST, derived, octets(28), octets(3)));
    assertInterval(product(13, FORECAST, derived, octets(32), statistics(1, 42), octets(3)));
    assertInterval(product(14, FORECAST, derived, octets(28), statistics(1, 42), octets(3)));
    assertThat(
        product(14, FORECAST, derived, octets(28), statistics(1, 42)).derivedForecast(),
        is(Optional.of(4)));
  }

  @Test
  void probabilitiesHaveLimits() {
    Consumer<OctetWriter> probability =
        s -> s.uint8(0).uint8(9).uint8(2).int8(1).int32(-125).missing(5);

    assertForecast(product(5, FORECAST, probability));
    assertThat(
        product(5, FORECAST, probability).probability(),
        is(Optional.of(new Probability(2, OptionalDouble.of(-12.5), OptionalDouble.empty()))));
    assertInterval(product(9, FORECAST, probability, statistics(1, 42)));
  }

  @Test
  void percentilesHaveTheirNumber() {
    Consumer<OctetWriter> percentile = s -> s.uint8(90);

    assertForecast(product(6, FORECAST, percentile));
    assertThat(product(6, FORECAST, percentile).percentile(), is(OptionalInt.of(90)));
    assertInterval(product(10, FORECAST, percentile, statistics(1, 42)));
    assertThat(product(0, FORECAST).percentile(), is(OptionalInt.empty()));
  }

  @Test
  void areasSayHowTheirValuesWereGathered() {
    GribProduct product = product(15, FORECAST, s -> s.uint8(0).uint8(3).uint8(9));

    assertForecast(product);
    assertThat(product.spatialProcess(), is(Optional.of(new SpatialProcess(0, 3, 9))));
  }

  @Test
  void chemicalsComeBeforeTheForecast() {
    assertForecast(product(40, GribProductTest::chemical, FORECAST));
    assertForecast(product(41, GribProductTest::chemical, FORECAST, GribProductTest::member));
    assertInterval(product(42, GribProductTest::chemical, FORECAST, statistics(1, 42)));
    assertInterval(
        product(
            43, GribProductTest::chemical, FORECAST, GribProductTest::member, statistics(1, 42)));
    assertThat(
        product(40, GribProductTest::chemical, FORECAST).constituent(),
        is(Optional.of(new Constituent(0, Optional.empty(), Optional.empty()))));
  }

  @Test
  void aerosolsHaveSizesAndWavelengths() {
    Constituent.Range size =
        new Constituent.Range(2, OptionalDouble.of(5e-7), OptionalDouble.of(-9e-6));
    Constituent.Range light =
        new Constituent.Range(11, OptionalDouble.of(5.5e-7), OptionalDouble.empty());

    assertForecast(product(44, GribProductTest::aerosol, FORECAST));
    assertForecast(product(45, GribProductTest::aerosol, FORECAST, GribProductTest::member));
    assertInterval(product(46, GribProductTest::aerosol, FORECAST, statistics(1, 42)));
    assertInterval(
        product(
            47, GribProductTest::aerosol, FORECAST, GribProductTest::member, statistics(1, 42)));
    assertForecast(product(48, GribProductTest::aerosol, GribProductTest::light, FORECAST));
    assertForecast(
        product(
            49,
            GribProductTest::aerosol,
            GribProductTest::light,
            FORECAST,
            GribProductTest::member));
    assertThat(
        product(48, GribProductTest::aerosol, GribProductTest::light, FORECAST).constituent(),
        is(Optional.of(new Constituent(62001, Optional.of(size), Optional.of(light)))));
    assertThat(
        product(
                49,
                GribProductTest::aerosol,
                GribProductTest::light,
                FORECAST,
                GribProductTest::member)
            .member(),
        is(Optional.of(new EnsembleMember(3, 7, 30))));
  }

  @Test
  void aerosolSectionsOfTheOldStandardHaveAShortForecastTime() {
    Consumer<OctetWriter> shorter =
        s ->
            s.uint8(2)
                .missing(2)
                .missing(3)
                .uint8(1)
                .uint16(6)
                .uint8(100)
                .int8(-2)
                .int32(500)
                .missing(6);

    assertForecast(product(44, GribProductTest::aerosol, shorter));
  }

  @Test
  void reforecastsHaveTheirModelsVersion() {
    Consumer<OctetWriter> version =
        s -> s.uint16(2020).uint8(6).uint8(30).uint8(0).uint8(0).uint8(0);

    assertForecast(product(60, FORECAST, GribProductTest::member, version));
    assertInterval(product(61, FORECAST, GribProductTest::member, version, statistics(1, 42)));
    assertThat(
        product(60, FORECAST, GribProductTest::member, version).modelVersion(),
        is(Optional.of(Instant.parse("2020-06-30T00:00:00Z"))));
  }

  @Test
  void firstTimeRangeIsTheOutermost() {
    Consumer<OctetWriter> nested =
        s -> {
          s.uint16(2024).uint8(3).uint8(1).uint8(0).uint16(0).uint8(2).uint32(0);
          s.uint8(0).uint8(2).uint8(3).uint32(1).uint8(2).uint32(1);
          s.uint8(2).uint8(2).uint8(2).uint32(1).uint8(255).uint32(0);
        };

    GribProduct product = product(8, forecast(1, 12), nested);

    assertThat(product.interval().map(StatisticalInterval::process), is(Optional.of(0)));
    assertThat(
        product.timeRanges(),
        is(
            List.of(
                new TimeRange(
                    0, 2, Optional.of(Duration.ofDays(29)), Optional.of(Duration.ofDays(1))),
                new TimeRange(2, 2, Optional.of(Duration.ofDays(1)), Optional.empty()))));
  }

  @Test
  void openEndOfTheIntervalFollowsFromItsLength() {
    Consumer<OctetWriter> open =
        s -> {
          s.octets(new byte[7]).uint8(1).uint32(0);
          s.uint8(1).uint8(2).uint8(1).uint32(42).uint8(255).uint32(0);
        };

    assertInterval(product(8, FORECAST, open));
  }

  @Test
  void missingOctetsAreAbsent() {
    GribProduct product =
        product(0, s -> s.uint8(2).missing(2).missing(3).uint8(1).int32(6).missing(12));

    assertThat(product.level(), is(Level.at(FixedSurface.of(255))));
    assertThat(
        product(5, FORECAST, missing(13)).probability(),
        is(Optional.of(new Probability(255, OptionalDouble.empty(), OptionalDouble.empty()))));
  }

  @Test
  void templatesNotReadLeaveParameterAndOctets() {
    GribProduct product = product(65535, octets(3));

    UnsupportedFeatureException e = assertThrows(UnsupportedFeatureException.class, product::level);

    assertThat(
        e.getMessage(), is("Unsupported product template 4.65535 in made.grib2 at byte 107"));
    assertThat(product.parameter(), is(new Parameter(0, 1, 8)));
    assertThat(product.template(), is(65535));
    assertThat(product.octets().length, is(14));
    assertThat(product.octets()[10], is((byte) 8));
  }

  @Test
  void sectionsTooShortForTheirTemplateAreCorrupt() {
    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> product(9, FORECAST).probability());

    assertThat(
        e.getMessage(),
        is(
            "Cannot read octets 37 to 37 in made.grib2 at byte 100:"
                + " the section has 34 octets"));
  }
}
