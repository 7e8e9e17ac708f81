package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of an inventory line: {@code n[.m]:offset:d=time:element:level:window:extra…}. */
final class NoaaIndexLine {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<message>[0-9]{1,9})(\\.(?<submessage>[0-9]{1,9}))?:(?<offset>[0-9]{1,18})"
              + ":[dD]=(?<time>[0-9]{10}([0-9]{2}){0,2})"
              + ":(?<element>[^:]*):(?<level>[^:]*):(?<window>[^:]*)(?<extra>(:.*)?)");
  private static final DateTimeFormatter HOURS = DateTimeFormatter.ofPattern("uuuuMMddHH");
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuuMMddHHmm");
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private NoaaIndexLine() {}

  static NoaaIndexEntry parse(String line, int number, Origin origin) {
    Matcher matcher = FORM.matcher(line);
    if (!matcher.matches()) {
      throw corrupt(number, origin, line);
    }
    try {
      return new NoaaIndexEntry(
          Integer.parseInt(matcher.group("message")),
          matcher.group("submessage") == null
              ? OptionalInt.empty()
              : OptionalInt.of(Integer.parseInt(matcher.group("submessage"))),
          Long.parseLong(matcher.group("offset")),
          time(matcher.group("time")),
          matcher.group("element"),
          matcher.group("level"),
          matcher.group("window"),
          Arrays.stream(matcher.group("extra").split(":"))
              .filter(part -> !part.isEmpty())
              .toList());
    } catch (DateTimeException | IllegalArgumentException e) {
      throw corrupt(number, origin, line);
    }
  }

  static String format(NoaaIndexEntry entry) {
    LocalDateTime time = LocalDateTime.ofInstant(entry.referenceTime(), ZoneOffset.UTC);
    DateTimeFormatter form =
        time.getSecond() != 0 ? SECONDS : time.getMinute() != 0 ? MINUTES : HOURS;
    return entry.message()
        + (entry.submessage().isPresent() ? "." + entry.submessage().getAsInt() : "")
        + ":"
        + entry.offset()
        + ":d="
        + form.format(time)
        + ":"
        + String.join(":", entry.element(), entry.level(), entry.window())
        + ":"
        + String.join(":", entry.extra());
  }

  private static Instant time(String digits) {
    DateTimeFormatter form =
        switch (digits.length()) {
          case 10 -> HOURS;
          case 12 -> MINUTES;
          default -> SECONDS;
        };
    return LocalDateTime.parse(digits, form).toInstant(ZoneOffset.UTC);
  }

  private static CorruptInputException corrupt(int number, Origin origin, String line) {
    return new CorruptInputException(
        "read inventory line " + number,
        origin,
        "found \"" + line + "\", expected n:offset:d=YYYYMMDDHH:element:level:window:");
  }
}
