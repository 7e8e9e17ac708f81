package dev.firn.io.grib;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.Level;
import dev.firn.io.grib.ProductTemplate.Constituents;
import dev.firn.io.grib.ProductTemplate.Ensemble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads section 4 part by part; a template without a part gives none. */
final class ProductReader {
  private static final int MISSING = 255;

  private final OctetReader section;
  private final Instant referenceTime;
  private final ProductTemplate template;
  private final int process;
  private final int shortfall;
  private final int ensemble;

  ProductReader(OctetReader section, Instant referenceTime) {
    this.section = section;
    this.referenceTime = referenceTime;
    this.template = ProductTemplate.read(section);
    this.process = template.processOctet();
    this.shortfall = template.hasShortForecastTime(section) ? 2 : 0;
    this.ensemble = template.ensembleOctet() - shortfall;
  }

  Level level() {
    return Surfaces.read(section, process + 11 - shortfall);
  }

  /** Code table 4.3: 0 analysis, 2 forecast. */
  int generatingProcess() {
    return section.uint8(process);
  }

  /** After the reference time, at which it is where the section leaves it open. */
  Duration forecastTime() {
    int unit = process + 6;
    if (section.uint8(unit) == MISSING || section.isMissing(unit + 1, 4 - shortfall)) {
      return Duration.ZERO;
    }
    long amount = shortfall > 0 ? section.uint16(unit + 1) : section.int32(unit + 1);
    return TimeUnit.read(section, unit).after(referenceTime, amount, section, unit + 1);
  }

  Optional<EnsembleMember> member() {
    return template.ensemble().hasMember()
        ? Optional.of(
            new EnsembleMember(
                section.uint8(ensemble), section.uint8(ensemble + 1), section.uint8(ensemble + 2)))
        : Optional.empty();
  }

  Optional<ProductSection.DerivedForecast> derived() {
    return template.ensemble().isDerived()
        ? Optional.of(
            new ProductSection.DerivedForecast(
                section.uint8(ensemble), section.uint8(ensemble + 1)))
        : Optional.empty();
  }

  Optional<Probability> probability() {
    return template.ensemble() == Ensemble.PROBABILITY
        ? Optional.of(
            new Probability(
                section.uint8(ensemble + 2),
                Scaled.read(section, ensemble + 3),
                Scaled.read(section, ensemble + 3 + Scaled.OCTETS)))
        : Optional.empty();
  }

  OptionalInt percentile() {
    return template.ensemble() == Ensemble.PERCENTILE
        ? OptionalInt.of(section.uint8(ensemble))
        : OptionalInt.empty();
  }

  Optional<SpatialProcess> spatialProcess() {
    return template.ensemble() == Ensemble.AREA
        ? Optional.of(
            new SpatialProcess(
                section.uint8(ensemble), section.uint8(ensemble + 1), section.uint8(ensemble + 2)))
        : Optional.empty();
  }

  /** Of templates 4.60 and 4.61: when the model that made a reforecast was new. */
  Optional<Instant> modelVersion() {
    return template.ensemble() == Ensemble.REFORECAST
        ? Optional.of(Times.read(section, ensemble + 3))
        : Optional.empty();
  }

  Optional<Constituent> constituent() {
    Constituents kind = template.constituents();
    if (kind == Constituents.NONE) {
      return Optional.empty();
    }
    return Optional.of(
        new Constituent(
            section.uint16(12),
            kind == Constituents.CHEMICAL ? Optional.empty() : Optional.of(range(14)),
            kind == Constituents.OPTICAL_AEROSOL ? Optional.of(range(25)) : Optional.empty()));
  }

  private Constituent.Range range(int octet) {
    return new Constituent.Range(
        section.uint8(octet),
        Scaled.read(section, octet + 1),
        Scaled.read(section, octet + 1 + Scaled.OCTETS));
  }

  Optional<StatisticalInterval> interval() {
    return statistics().map(StatisticsReader::interval);
  }

  List<TimeRange> timeRanges() {
    return statistics().map(StatisticsReader::ranges).orElse(List.of());
  }

  private Optional<StatisticsReader> statistics() {
    return template.isStatistical()
        ? Optional.of(
            new StatisticsReader(
                section, template.statisticsOctet() - shortfall, referenceTime, forecastTime()))
        : Optional.empty();
  }
}
