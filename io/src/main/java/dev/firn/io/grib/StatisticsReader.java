package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.OctetReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The octets of a statistical process: the end of the overall interval, and its time ranges.
 *
 * @param octet the first of them
 * @param start of the overall interval, after the reference time
 */
record StatisticsReader(OctetReader section, int octet, Instant referenceTime, Duration start) {
  private static final int COUNT = 7;
  private static final int FIRST_RANGE = 12;
  private static final int RANGE_OCTETS = 12;
  private static final int MISSING = 255;

  /** The overall interval, with the process of the first time range. */
  StatisticalInterval interval() {
    Duration end = end();
    if (end.compareTo(start) < 0) {
      throw new CorruptInputException(
          "read interval",
          section.origin(octet),
          "it ends " + end + " after the reference time, but begins " + start + " after it");
    }
    return new StatisticalInterval(section.uint8(octet + FIRST_RANGE), start, end);
  }

  /** As written; where that is left open, after the first time range. */
  private Duration end() {
    boolean given = !section.isMissing(octet, COUNT) && section.uint32(octet) != 0;
    return given
        ? Duration.between(referenceTime, Times.read(section, octet))
        : start.plus(range(octet + FIRST_RANGE).length().orElse(Duration.ZERO));
  }

  /** All time ranges, the outermost first. */
  List<TimeRange> ranges() {
    int count = section.uint8(octet + COUNT);
    List<TimeRange> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ranges.add(range(octet + FIRST_RANGE + i * RANGE_OCTETS));
    }
    return ranges;
  }

  private TimeRange range(int first) {
    return new TimeRange(
        section.uint8(first), section.uint8(first + 1), duration(first + 2), duration(first + 7));
  }

  private Optional<Duration> duration(int unit) {
    if (section.uint8(unit) == MISSING || section.isMissing(unit + 1, 4)) {
      return Optional.empty();
    }
    Instant from = referenceTime.plus(start);
    return Optional.of(
        TimeUnit.read(section, unit).after(from, section.uint32(unit + 1), section, unit + 1));
  }
}
