package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as sections 1 and 4 hold them: seven octets for year, month, day, hour, minute, second. */
final class Times {
  private Times() {}

  static Instant read(OctetReader section, int octet) {
    int year = section.uint16(octet);
    int month = section.uint8(octet + 2);
    int day = section.uint8(octet + 3);
    int hour = section.uint8(octet + 4);
    int minute = section.uint8(octet + 5);
    int second = section.uint8(octet + 6);
    try {
      return OffsetDateTime.of(year, month, day, hour, minute, second, 0, ZoneOffset.UTC)
          .toInstant();
    } catch (DateTimeException e) {
      throw new CorruptInputException(
          "read time",
          section.origin(octet),
          "found %04d-%02d-%02d %02d:%02d:%02d".formatted(year, month, day, hour, minute, second),
          e);
    }
  }

  static void write(OctetWriter section, Instant time) {
    OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
    section.uint16(utc.getYear()).uint8(utc.getMonthValue()).uint8(utc.getDayOfMonth());
    section.uint8(utc.getHour()).uint8(utc.getMinute()).uint8(utc.getSecond());
  }
}
