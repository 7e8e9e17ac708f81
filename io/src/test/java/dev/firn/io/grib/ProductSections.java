package dev.firn.io.grib;

import dev.firn.io.Origin;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import java.time.Instant;
import java.util.function.Consumer;

/** Sections 4 octet by octet: what all templates share, and what a test adds. */
final class ProductSections {
  static final Origin ORIGIN = Origin.of("made.grib2", 100);
  static final Instant REFERENCE_TIME = Instant.parse("2024-01-31T12:00:00Z");

  private static final IdentificationSection IDENTIFICATION =
      new IdentificationSection(7, 0, 28, REFERENCE_TIME);

  private ProductSections() {}

  /** Octets 12–34 of template 4.0, at 500 hPa. */
  static Consumer<OctetWriter> forecast(int unit, long time) {
    return section ->
        section
            .uint8(2)
            .missing(2)
            .missing(3)
            .uint8(unit)
            .int32(time)
            .uint8(100)
            .int8(-2)
            .int32(500)
            .missing(6);
  }

  /** A section of {@code parts} after the parameter, 0, 1, 8. */
  @SafeVarargs
  static OctetReader section(int template, Consumer<OctetWriter>... parts) {
    OctetWriter content = new OctetWriter().uint16(0).uint16(template).uint8(1).uint8(8);
    for (Consumer<OctetWriter> part : parts) {
      part.accept(content);
    }
    byte[] octets =
        new OctetWriter()
            .uint32(5L + content.length())
            .uint8(4)
            .octets(content.toBytes())
            .toBytes();
    return OctetReader.of(octets, ORIGIN);
  }

  @SafeVarargs
  static GribProduct product(int template, Consumer<OctetWriter>... parts) {
    return new GribProduct(0, IDENTIFICATION, section(template, parts));
  }

  /** An interval to 2024-02-02 12:00 of one range, {@code length} hours with {@code process}. */
  static Consumer<OctetWriter> statistics(int process, int length) {
    return section ->
        section
            .uint16(2024)
            .uint8(2)
            .uint8(2)
            .uint8(12)
            .uint16(0)
            .uint8(1)
            .uint32(0)
            .uint8(process)
            .uint8(2)
            .uint8(1)
            .uint32(length)
            .uint8(255)
            .uint32(0);
  }
}
