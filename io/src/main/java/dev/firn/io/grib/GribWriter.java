package dev.firn.io.grib;

import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.Field;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import dev.firn.io.field.RegularAxis;
import dev.firn.io.grib.grid.GridDefinition;
import dev.firn.io.grib.grid.ScanningMode;
import dev.firn.io.grib.packing.PackedValues;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Builds GRIB2 messages. Everything has a default: without any setting, a constant field of
 * temperature at the ground.
 *
 * <pre>{@code
 * byte[] message =
 *     GribWriter.message()
 *         .parameter(new Parameter(0, 0, 0))
 *         .level(Level.at(FixedSurface.of(103, 2)))
 *         .referenceTime(Instant.parse("2026-01-01T00:00:00Z"))
 *         .leadTime(Duration.ofHours(6))
 *         .packing(Packing.simple(12, 1))
 *         .field(field)
 *         .toBytes();
 * }</pre>
 *
 * <p>{@link #nextField} begins another field in the same message, with all settings kept. The same
 * settings give the same bytes.
 */
public final class GribWriter {
  private static final int MISSING_CENTRE = 255;
  private static final int TABLES_VERSION = 28;
  private static final String END = "7777";

  private final OctetWriter body = new OctetWriter();
  private int centre = MISSING_CENTRE;
  private Instant referenceTime = Instant.parse("2000-01-01T00:00:00Z");
  private Parameter parameter = new Parameter(0, 0, 0);
  private Level level = Level.at(FixedSurface.of(1));
  private Duration leadTime = Duration.ZERO;
  private Optional<StatisticalInterval> interval = Optional.empty();
  private Optional<EnsembleMember> member = Optional.empty();
  private Optional<ProductSection.DerivedForecast> derived = Optional.empty();
  private Packing packing = Packing.simple(16, 0);
  private int storedOrder;
  private Field field =
      new Field(
          new LatLonGrid(RegularAxis.degrees(90, -90, 2), RegularAxis.degrees(0, 180, 2)),
          new float[4]);
  private Optional<GridDefinition> writtenGrid = Optional.empty();
  private byte[] writtenBitMap = {};

  private GribWriter() {}

  /** A message with one field, all of it default. */
  public static GribWriter message() {
    return new GribWriter();
  }

  /** The originating centre (common code table C-11); one for the message. */
  public GribWriter centre(int number) {
    centre = number;
    return this;
  }

  /** The start of the forecast; one for the message. */
  public GribWriter referenceTime(Instant time) {
    referenceTime = time;
    return this;
  }

  /** What is measured; fields of a message share the discipline. */
  public GribWriter parameter(Parameter measured) {
    parameter = measured;
    return this;
  }

  /** Where in the vertical. */
  public GribWriter level(Level where) {
    level = where;
    return this;
  }

  /** Time after the reference time, of a field that is not statistically processed. */
  public GribWriter leadTime(Duration time) {
    leadTime = time;
    interval = Optional.empty();
    return this;
  }

  /** What a statistically processed field was gathered over; the lead time is its end. */
  public GribWriter interval(StatisticalInterval gathered) {
    interval = Optional.of(gathered);
    return this;
  }

  /** Which forecast of an ensemble it is. */
  public GribWriter member(EnsembleMember which) {
    member = Optional.of(which);
    derived = Optional.empty();
    return this;
  }

  /** How it was derived from all members (code table 4.7). */
  public GribWriter derivedForecast(int code, int ensembleSize) {
    derived = Optional.of(new ProductSection.DerivedForecast(code, ensembleSize));
    member = Optional.empty();
    return this;
  }

  /** How values are packed. */
  public GribWriter packing(Packing how) {
    packing = how;
    return this;
  }

  /**
   * The order points are stored in: {@link ScanningMode#COLUMN_BY_COLUMN} and {@link
   * ScanningMode#ALTERNATING}, or none of them. The directions follow from the grid.
   */
  public GribWriter storedOrder(int flags) {
    if ((flags & ~(ScanningMode.COLUMN_BY_COLUMN | ScanningMode.ALTERNATING)) != 0) {
      throw new IllegalArgumentException("Invalid order of storage " + flags);
    }
    storedOrder = flags;
    return this;
  }

  /** The values and their grid; NaN becomes missing. */
  public GribWriter field(Field values) {
    field = values;
    return this;
  }

  /** Ends this field and begins another one of the same message. */
  public GribWriter nextField() {
    GridDefinition definition = gridDefinition();
    if (!writtenGrid.equals(Optional.of(definition))) {
      section(3, definition::write);
      writtenGrid = Optional.of(definition);
    }
    Duration start = interval.map(StatisticalInterval::start).orElse(leadTime);
    ProductSection product = new ProductSection(parameter, level, start, member, derived, interval);
    section(ProductSection.NUMBER, octets -> product.write(octets, referenceTime));
    writeValues(definition.scanning());
    return this;
  }

  /** The message with all its fields. The writer is then spent. */
  public byte[] toBytes() {
    nextField();
    byte[] fields = body.toBytes();
    OctetWriter identification = new OctetWriter();
    section(
        identification,
        IdentificationSection.NUMBER,
        new IdentificationSection(centre, 0, TABLES_VERSION, referenceTime)::write);
    OctetWriter message = new OctetWriter();
    long length =
        (long) IndicatorSection.LENGTH + identification.length() + fields.length + END.length();
    new IndicatorSection(parameter.discipline(), length).write(message);
    return message.octets(identification.toBytes()).octets(fields).ascii(END).toBytes();
  }

  private GridDefinition gridDefinition() {
    LatLonGrid grid = (LatLonGrid) field.grid();
    boolean westward = grid.longitude().isDescending();
    boolean northward = grid.latitude().last() > grid.latitude().first();
    int directions =
        (westward ? ScanningMode.COLUMNS_WESTWARD : 0)
            | (northward ? ScanningMode.ROWS_NORTHWARD : 0);
    return new GridDefinition(grid, new ScanningMode(directions | storedOrder));
  }

  private void writeValues(ScanningMode scanning) {
    float[] stored = scanning.stored(field.values(), field.grid().rows(), field.grid().columns());
    float[] present = packing.missing() ? stored : BitMap.present(stored);
    PackedValues packed = packing.pack(present);
    section(
        5,
        octets -> {
          octets.uint32(packed.count());
          packed.template().write(octets);
        });
    section(
        BitMapSection.NUMBER,
        octets -> {
          if (present.length == stored.length) {
            octets.uint8(BitMapSection.NONE);
          } else {
            writeBitMap(octets, BitMap.of(stored));
          }
        });
    section(7, octets -> octets.octets(packed.data()));
  }

  private void writeBitMap(OctetWriter octets, byte[] bits) {
    if (Arrays.equals(bits, writtenBitMap)) {
      octets.uint8(BitMapSection.PREVIOUS);
    } else {
      octets.uint8(BitMapSection.GIVEN).octets(bits);
      writtenBitMap = bits;
    }
  }

  private void section(int number, Consumer<OctetWriter> content) {
    section(body, number, content);
  }

  private static void section(OctetWriter out, int number, Consumer<OctetWriter> content) {
    OctetWriter octets = new OctetWriter();
    content.accept(octets);
    out.uint32(5L + octets.length()).uint8(number).octets(octets.toBytes());
  }
}
