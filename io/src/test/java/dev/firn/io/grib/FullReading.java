package dev.firn.io.grib;

import dev.firn.io.FormatException;
import dev.firn.io.MessagePlace;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.field.GaussianGrid;
import dev.firn.io.field.Grid;
import java.util.ArrayList;
import java.util.List;

/** Asks a file for everything, and checks that every refusal says where. */
final class FullReading {
  private static final Origin ORIGIN = Origin.of("damaged.grib2", 0);
  private static final GribNames NAMES = GribNames.load();
  private static final int MOST_COORDINATES = 10_000;
  private static final int JPEG = 40;
  private static final int PNG = 41;
  private static final int CCSDS = 42;
  private static final int MOST_VALUES_PER_OCTET = 8 * 1032; // of PNG: pixels of a bit, deflated

  private final byte[] bytes;
  private final ByteSource source;
  private final List<GribListing> lines = new ArrayList<>();
  private int corrupt;
  private int unsupported;
  private long points;
  private long claimed;

  private FullReading(byte[] bytes) {
    this.bytes = bytes;
    this.source = ByteSource.of(bytes, ORIGIN);
  }

  /** Reads {@code bytes}; throws what is neither values nor a refusal with its place. */
  static FullReading of(byte[] bytes) {
    FullReading reading = new FullReading(bytes);
    GribFile file = GribFile.of(reading.source);
    reading.attempt(() -> file.entries().forEach(GribFileEntry::origin));
    reading.attempt(() -> file.messages().forEach(reading::list));
    reading.attempt(() -> GribInventory.of(reading.source).forEach(e -> reading.read(e.product())));
    reading.attempt(() -> file.messages().forEach(m -> m.fields().forEach(reading::read)));
    if (GribListing.table(reading.lines).count() != reading.lines.size() + 1L) {
      throw new AssertionError("Not a line for each field and a heading");
    }
    return reading;
  }

  private void list(GribMessage message) {
    for (int i = 0; i < message.fields().size(); i++) {
      int number = i;
      attempt(() -> lines.add(GribListing.of(lines.size(), message, number, NAMES)));
    }
  }

  private void read(GribField field) {
    attempt(field::level);
    attempt(field::leadTime);
    attempt(field::packing);
    attempt(field::coordinateReference);
    attempt(() -> readCoordinates(field.grid()));
    if (!attempt(() -> points += field.decode().values().length)) {
      attempt(() -> claimed += claim(field));
    }
    read(field.product());
  }

  private static void readCoordinates(Grid grid) {
    boolean isSlow = grid instanceof GaussianGrid gaussian && gaussian.rows() > 1000;
    if (grid.points() <= MOST_COORDINATES && !isSlow) {
      grid.coordinates();
    }
  }

  private void read(GribProduct product) {
    attempt(product::level);
    attempt(product::interval);
    attempt(product::timeRanges);
    attempt(product::leadTime);
    attempt(product::member);
    attempt(product::derivedForecast);
    attempt(product::probability);
    attempt(product::percentile);
    attempt(product::spatialProcess);
    attempt(product::constituent);
    attempt(product::modelVersion);
  }

  /**
   * How many values a field that was refused may have asked memory for: in entropy-coded packings
   * few octets may stand for many values, and are found to be broken only while they are decoded.
   */
  private long claim(GribField field) {
    long ofOctets = (long) MOST_VALUES_PER_OCTET * bytes.length;
    return switch (field.dataTemplate()) {
      case JPEG -> field.grid().points();
      case PNG, CCSDS -> Math.min(field.grid().points(), ofOctets);
      default -> 0;
    };
  }

  /** Whether {@code reading} ends without a refusal. */
  private boolean attempt(Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (FormatException refusal) {
      check(refusal);
      if (refusal instanceof UnsupportedFeatureException) {
        unsupported++;
      } else {
        corrupt++;
      }
      return false;
    }
  }

  private void check(FormatException refusal) {
    long offset = refusal.origin().offset().orElse(-1);
    MessagePlace place = refusal.origin().place().orElse(new MessagePlace(ORIGIN.offset(), -1, 0));
    long message = place.messageOffset().orElse(-1);
    boolean isPlausible =
        message >= 0
            && message <= offset
            && offset <= bytes.length
            && place.section() >= 0
            && place.section() <= Parts.END
            && place.octet() >= 1
            && place.octet() <= offset - message + 1;
    if (!isPlausible) {
      throw new AssertionError("No place in a message of " + bytes.length + " bytes", refusal);
    }
  }

  /** Refusals of broken input. */
  int corrupt() {
    return corrupt;
  }

  /** Refusals of what is not read. */
  int unsupported() {
    return unsupported;
  }

  /** Values decoded. */
  long points() {
    return points;
  }

  /** Values not decoded for which there may have been memory nonetheless. */
  long claimed() {
    return claimed;
  }
}
