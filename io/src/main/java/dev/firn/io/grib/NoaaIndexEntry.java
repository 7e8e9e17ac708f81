package dev.firn.io.grib;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * One line of a NOAA inventory: {@code 2.1:877002:d=2026072300:UGRD:10 mb:3 hour fcst:ens mean}.
 *
 * @param message number of the message, from 1
 * @param submessage number of the field within it, where the message has several
 * @param offset of the message in the GRIB file
 * @param referenceTime the start of the forecast
 * @param element short name of the parameter: {@code TMP}
 * @param level in wgrib2's words: {@code 2 m above ground}
 * @param window forecast time in wgrib2's words: {@code 0-6 hour acc fcst}
 * @param extra what else the line says, such as the ensemble member
 */
public record NoaaIndexEntry(
    int message,
    OptionalInt submessage,
    long offset,
    Instant referenceTime,
    String element,
    String level,
    String window,
    List<String> extra) {
  /** Checks numbers and that no text would break the line. */
  public NoaaIndexEntry {
    if (message < 1 || offset < 0 || submessage.orElse(1) < 1) {
      throw new IllegalArgumentException("Invalid message " + message + " at " + offset);
    }
    extra = List.copyOf(extra);
    String text = element + level + window + String.join("", extra);
    if (text.indexOf(':') >= 0 || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("Invalid text in an inventory line: " + text);
    }
  }
}
