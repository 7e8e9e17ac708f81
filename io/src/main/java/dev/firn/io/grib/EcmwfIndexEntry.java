package dev.firn.io.grib;

import dev.firn.io.object.ByteRange;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line of an ECMWF inventory.
 *
 * @param keys all MARS keys, in order; numbers as they are written
 * @param offset of the message in the GRIB file
 * @param lengthBytes of the message
 */
public record EcmwfIndexEntry(Map<String, String> keys, long offset, long lengthBytes) {
  private static final List<String> NEEDED = List.of("type", "param", "levtype", "step");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmm");

  /** Checks that nothing that identifies a field is absent. */
  public EcmwfIndexEntry {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    if (!keys.keySet().containsAll(NEEDED)
        || offset < 0
        || lengthBytes < 1
        || lengthBytes > Long.MAX_VALUE - offset) {
      throw new IllegalArgumentException(
          "Invalid inventory line: %s at %d, %d bytes".formatted(keys, offset, lengthBytes));
    }
    for (String key : List.of("number", "levelist")) {
      if (keys.containsKey(key)) {
        Double.parseDouble(keys.get(key));
      }
    }
    referenceTime(keys);
  }

  /** {@code an} analysis, {@code fc} forecast, {@code cf} control, {@code pf} perturbed. */
  public String type() {
    return keys.get("type");
  }

  /** The parameter's short name. */
  public String param() {
    return keys.get("param");
  }

  /** {@code sfc} surface, {@code pl} pressure levels, {@code sol} soil, {@code ml} model levels. */
  public String levtype() {
    return keys.get("levtype");
  }

  /** The level, hectopascals on pressure levels. */
  public OptionalDouble levelist() {
    return keys.containsKey("levelist")
        ? OptionalDouble.of(Double.parseDouble(keys.get("levelist")))
        : OptionalDouble.empty();
  }

  /** Hours after the reference time, or an interval of them: {@code 6}, {@code 0-24}. */
  public String step() {
    return keys.get("step");
  }

  /** The ensemble member; 0 for the control and for forecasts without an ensemble. */
  public int number() {
    return keys.containsKey("number") ? (int) Double.parseDouble(keys.get("number")) : 0;
  }

  /** The start of the forecast, where the line says it. */
  public Optional<Instant> referenceTime() {
    return referenceTime(keys);
  }

  private static Optional<Instant> referenceTime(Map<String, String> keys) {
    if (!keys.containsKey("date") || !keys.containsKey("time")) {
      return Optional.empty();
    }
    String digits = keys.get("date") + keys.get("time");
    try {
      return Optional.of(LocalDateTime.parse(digits, TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("Invalid time in an inventory line: " + digits, e);
    }
  }

  /** Where the message is. */
  public ByteRange range() {
    return new ByteRange(offset, lengthBytes);
  }
}
