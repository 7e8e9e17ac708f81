package dev.firn.io.grib;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a field is: sections 0, 1 and 4 of its message, without grid and values.
 *
 * <p>The parameter can always be read. All else throws {@link dev.firn.io.CorruptInputException} or
 * {@link dev.firn.io.UnsupportedFeatureException} where section 4 is broken or uses a template Firn
 * does not read; its octets are there for those who do.
 */
public final class GribProduct {
  private final int discipline;
  private final IdentificationSection identification;
  private final OctetReader section;

  GribProduct(int discipline, IdentificationSection identification, OctetReader section) {
    this.discipline = discipline;
    this.identification = identification;
    this.section = section;
  }

  /** N of product definition template 4.N. */
  public int template() {
    return ProductTemplate.number(section);
  }

  /** The originating centre (common code table C-11): 7 is NCEP, 98 ECMWF. */
  public int centre() {
    return identification.centre();
  }

  /** Code table 1.4: 0 analysis, 1 forecast, 3 control forecast, 4 perturbed forecast. */
  public int typeOfData() {
    return identification.typeOfData();
  }

  /** What is measured; the same octets in all product templates. */
  public Parameter parameter() {
    return ProductSection.parameter(section, discipline);
  }

  /** Where in the vertical. */
  public Level level() {
    return reader().level();
  }

  /** The start of the forecast. */
  public Instant referenceTime() {
    return identification.referenceTime();
  }

  /**
   * Time after the reference time, below zero for times before it; of a statistically processed
   * field, of its interval's end. Months and years are those of the calendar.
   */
  public Duration leadTime() {
    return interval().map(StatisticalInterval::end).orElseGet(reader()::forecastTime);
  }

  /** What a statistically processed field was gathered over. */
  public Optional<StatisticalInterval> interval() {
    return reader().interval();
  }

  /** The time ranges of a statistical process, the outermost first; empty where there is none. */
  public List<TimeRange> timeRanges() {
    return reader().timeRanges();
  }

  /** How the data was made (code table 4.3): 0 analysis, 2 forecast, 4 ensemble forecast. */
  public int generatingProcess() {
    return reader().generatingProcess();
  }

  /** Which forecast of an ensemble this is. */
  public Optional<EnsembleMember> member() {
    return reader().member();
  }

  /** How a product of all or some members was derived (code table 4.7): 0 mean, 4 spread. */
  public Optional<Integer> derivedForecast() {
    return reader().derived().map(ProductSection.DerivedForecast::code);
  }

  /** What values are the probability of. */
  public Optional<Probability> probability() {
    return reader().probability();
  }

  /** The percentile values are, 0 to 100. */
  public OptionalInt percentile() {
    return reader().percentile();
  }

  /** How values were gathered over the area of each point. */
  public Optional<SpatialProcess> spatialProcess() {
    return reader().spatialProcess();
  }

  /** The chemical or aerosol the parameter is of. */
  public Optional<Constituent> constituent() {
    return reader().constituent();
  }

  /** When the model that made a reforecast was new. */
  public Optional<Instant> modelVersion() {
    return reader().modelVersion();
  }

  /** A copy of section 4; octet 1 is at index 0. */
  public byte[] octets() {
    return section.octets();
  }

  private ProductReader reader() {
    return new ProductReader(section, referenceTime());
  }
}
