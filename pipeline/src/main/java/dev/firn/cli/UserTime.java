package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;

/**
 * Times as users write them, in UTC: {@code 2026-07-24}, {@code 2026-07-24T06}, {@code
 * 2026-07-24T06:00[:00][Z]}.
 */
final class UserTime implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    try {
      if (local.length() == "2026-07-24".length()) {
        return LocalDate.parse(local).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      String padded = local.length() == "2026-07-24T06".length() ? local + ":00" : local;
      return LocalDateTime.parse(padded).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException malformed) {
      throw new ConfigurationException(
          "Invalid time '"
              + text
              + "': expected a UTC time like 2026-07-24, 2026-07-24T06 or 2026-07-24T06:00:00Z",
          malformed);
    }
  }
}
