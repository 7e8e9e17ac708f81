package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.field.Field;
import dev.firn.io.field.Grid;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.grib.grid.GridDefinition;
import dev.firn.io.grib.packing.DataTemplate;
import dev.firn.io.projection.CoordinateReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One field of a message: what it is, and its values when asked for.
 *
 * <p>Every method but those for template numbers throws {@link CorruptInputException} or {@link
 * dev.firn.io.UnsupportedFeatureException} where the section it needs is broken or uses a template
 * Firn does not read.
 */
public final class GribField {
  private final Origin origin;
  private final int discipline;
  private final IdentificationSection identification;
  private final FieldSections sections;

  GribField(
      Origin origin, int discipline, IdentificationSection identification, FieldSections sections) {
    this.origin = origin;
    this.discipline = discipline;
    this.identification = identification;
    this.sections = sections;
  }

  /** The file, and the offset of the message in it. */
  public Origin origin() {
    return origin;
  }

  /** What is measured; the same octets in all product templates. */
  public Parameter parameter() {
    return product().parameter();
  }

  /** Where in the vertical. */
  public Level level() {
    return product().level();
  }

  /** The start of the forecast. */
  public Instant referenceTime() {
    return identification.referenceTime();
  }

  /** Time after the reference time; of a statistically processed field, of its interval's end. */
  public Duration leadTime() {
    return product().leadTime();
  }

  /** What a statistically processed field was gathered over. */
  public Optional<StatisticalInterval> interval() {
    return product().interval();
  }

  /** Which forecast of an ensemble this is. */
  public Optional<EnsembleMember> member() {
    return product().member();
  }

  /** How a product of all members was derived (code table 4.7): 0 mean, 4 spread. */
  public Optional<Integer> derivedForecast() {
    return product().derivedForecast();
  }

  /** All that is known of what the field is. */
  public GribProduct product() {
    return new GribProduct(discipline, identification, sections.product());
  }

  /** N of grid definition template 3.N. */
  public int gridTemplate() {
    return GridDefinition.template(sections.grid());
  }

  /** N of product definition template 4.N. */
  public int productTemplate() {
    return ProductTemplate.number(sections.product());
  }

  /** N of data representation template 5.N. */
  public int dataTemplate() {
    return DataTemplate.number(sections.representation());
  }

  /** How values are packed. */
  public DataTemplate packing() {
    return DataTemplate.read(sections.representation());
  }

  /** Whether a bit-map says which points have values. */
  public boolean hasBitMap() {
    return BitMapSection.applies(sections.bitMap());
  }

  /** Where the points are. */
  public Grid grid() {
    return GridDefinition.read(sections.grid()).grid();
  }

  /** What the grid's coordinates refer to; empty where it has none, or the earth is not given. */
  public Optional<CoordinateReference> coordinateReference() {
    return GridDefinition.read(sections.grid()).reference();
  }

  /** The values in GRIB's unit. */
  public Field decode() {
    return decode(UnitConversion.NONE);
  }

  /** The values in another unit, converted before they are rounded to float32. */
  public Field decode(UnitConversion conversion) {
    GridDefinition definition = GridDefinition.read(sections.grid());
    Grid grid = definition.grid();
    DataTemplate packing = packing();
    Optional<BitMap> bitMap =
        BitMapSection.read(sections.bitMap(), sections.lastBitMap(), grid.points());
    int count = valueCount(grid.points(), bitMap.isPresent());
    float[] packed = count == 0 ? new float[0] : packing.decode(sections.data(), count, conversion);
    float[] stored = bitMap.map(map -> map.spread(packed, grid.points())).orElse(packed);
    return new Field(grid, definition.scanning().toRows(stored, grid.rows(), grid.columns()));
  }

  private int valueCount(int points, boolean someMissing) {
    long count = DataTemplate.valueCount(sections.representation());
    if (count > points || (count < points && !someMissing)) {
      throw new CorruptInputException(
          "decode field",
          sections.representation().origin(6),
          "section 5 has " + count + " values, the grid " + points + " points");
    }
    return (int) count;
  }
}
