package dev.firn.io.grib;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import dev.firn.io.grib.ProductTemplate.Ensemble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Section 4 as {@link GribWriter} writes it: what the field is of, where in the vertical, and when.
 *
 * @param parameter octets 10–11, with section 0's discipline
 * @param level octets 23–34
 * @param forecastTime octets 18–22, after the reference time; where there is an interval, its start
 * @param member in templates of ensemble members
 * @param derived in templates of products derived from an ensemble
 * @param interval in templates of statistically processed fields
 */
record ProductSection(
    Parameter parameter,
    Level level,
    Duration forecastTime,
    Optional<EnsembleMember> member,
    Optional<DerivedForecast> derived,
    Optional<StatisticalInterval> interval) {
  static final int NUMBER = 4;

  private static final int NO_COORDINATES = 0;
  private static final int FORECAST = 2;
  private static final int MISSING = 255;
  private static final int ONE_TIME_RANGE = 1;
  private static final int SAME_REFERENCE_TIME = 2;

  /**
   * A product of all members.
   *
   * @param code how it was derived (code table 4.7): 0 mean, 4 spread
   */
  record DerivedForecast(int code, int ensembleSize) {}

  static Parameter parameter(OctetReader section, int discipline) {
    return new Parameter(discipline, section.uint8(10), section.uint8(11));
  }

  /** The end of the interval, or the forecast time where there is none. */
  Duration leadTime() {
    return interval.map(StatisticalInterval::end).orElse(forecastTime);
  }

  /** Writes octets 6 on. */
  void write(OctetWriter section, Instant referenceTime) {
    Ensemble ensemble =
        member.isPresent()
            ? Ensemble.MEMBER
            : derived.isPresent() ? Ensemble.DERIVED : Ensemble.NONE;
    ProductTemplate template = ProductTemplate.of(ensemble, interval.isPresent());
    TimeUnit unit = TimeUnit.ofWhole(List.of(forecastTime, leadTime()));
    section.uint16(NO_COORDINATES).uint16(template.number());
    section.uint8(parameter.category()).uint8(parameter.number());
    section.uint8(FORECAST).uint8(MISSING).uint8(MISSING).uint16(0).uint8(0);
    section.uint8(unit.code()).int32(unit.count(forecastTime));
    Surfaces.write(section, level);
    member.ifPresent(m -> section.uint8(m.type()).uint8(m.number()).uint8(m.ensembleSize()));
    derived.ifPresent(d -> section.uint8(d.code()).uint8(d.ensembleSize()));
    interval.ifPresent(i -> write(section, i, referenceTime, unit));
  }

  private static void write(
      OctetWriter section, StatisticalInterval interval, Instant referenceTime, TimeUnit unit) {
    Times.write(section, referenceTime.plus(interval.end()));
    section.uint8(ONE_TIME_RANGE).uint32(0);
    section.uint8(interval.process()).uint8(SAME_REFERENCE_TIME).uint8(unit.code());
    section.uint32(unit.count(interval.end().minus(interval.start())));
    section.uint8(unit.code()).uint32(0);
  }
}
