package dev.firn.dataset;

import dev.firn.dataset.NamePart.Anything;
import dev.firn.dataset.NamePart.Digits;
import dev.firn.dataset.NamePart.Lead;
import dev.firn.dataset.NamePart.Meaning;
import dev.firn.dataset.NamePart.Member;
import dev.firn.dataset.NamePart.NamedTime;
import dev.firn.dataset.NamePart.OfTime;
import dev.firn.dataset.NamePart.Text;
import java.time.Duration;
import java.time.temporal.ChronoField;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the names of some files look like.
 *
 * @param parts of the URL, one after the other
 * @param era the starts of the forecasts that have such files
 */
record NameShape(List<NamePart> parts, TimeSpan era) {
  /** Copies the parts. */
  NameShape {
    parts = List.copyOf(parts);
  }

  /** The text that all of the names begin with. */
  String prefix() {
    return parts.get(0) instanceof Text text ? text.text() : "";
  }

  /** Whether its names, or its era, tell about when their files are for. */
  boolean tellsTimes() {
    return era.hasEnds() || parts.stream().anyMatch(NameShape::isYear);
  }

  private static boolean isYear(NamePart part) {
    return part instanceof Digits digits
        && digits.meaning() instanceof OfTime of
        && of.field() == ChronoField.YEAR;
  }

  /** Adds what {@code url} tells, read in every way it can be; nothing if it looks different. */
  void read(String url, List<NamedSteps> readings) {
    if (url.startsWith(prefix())) {
      new Reading(url, readings).from(0, 0, new int[parts.size()]);
    }
  }

  /** Goes along one URL. */
  private final class Reading {
    private final String url;
    private final List<NamedSteps> readings;

    Reading(String url, List<NamedSteps> readings) {
      this.url = url;
      this.readings = readings;
    }

    /** Reads part {@code part} and those after it from {@code at} on. */
    void from(int part, int at, int[] numbers) {
      if (part == parts.size()) {
        if (at == url.length()) {
          told(numbers).ifPresent(readings::add);
        }
      } else if (parts.get(part) instanceof Text text) {
        if (url.startsWith(text.text(), at)) {
          from(part + 1, at + text.text().length(), numbers);
        }
      } else if (parts.get(part) instanceof Anything) {
        from(part + 1, at, numbers);
        for (int end = at; end < url.length() && url.charAt(end) != '/'; end++) {
          from(part + 1, end + 1, numbers);
        }
      } else if (parts.get(part) instanceof Digits digits) {
        fromNumber(digits, part, at, numbers);
      }
    }

    private void fromNumber(Digits digits, int part, int at, int[] numbers) {
      int value = 0;
      for (int end = at; end < url.length() && end - at < digits.most(); end++) {
        int digit = url.charAt(end) - '0';
        if (digit < 0 || digit > 9) {
          return;
        }
        value = 10 * value + digit;
        if (end + 1 - at >= digits.fewest() && digits.meaning().isPossible(value)) {
          numbers[part] = value;
          from(part + 1, end + 1, numbers);
        }
      }
    }
  }

  /** What the numbers say together; nothing where they contradict each other. */
  private Optional<NamedSteps> told(int[] numbers) {
    Map<Meaning, Integer> known = new HashMap<>();
    for (int part = 0; part < numbers.length; part++) {
      if (parts.get(part) instanceof Digits digits) {
        Integer other = known.putIfAbsent(digits.meaning(), numbers[part]);
        if (other != null && other != numbers[part]) {
          return Optional.empty();
        }
      }
    }
    TimeSpan init = times(known, true).and(era);
    TimeSpan valid = times(known, false);
    if (init.isEmpty() || valid.isEmpty()) {
      return Optional.empty();
    }
    Integer member = known.get(new Member());
    return Optional.of(
        new NamedSteps(
            init,
            valid,
            Optional.ofNullable(known.get(new Lead())).map(Duration::ofHours),
            member == null ? OptionalInt.empty() : OptionalInt.of(member)));
  }

  private static TimeSpan times(Map<Meaning, Integer> known, boolean ofInit) {
    Map<NamedTime, Map<ChronoField, Integer>> fields = new HashMap<>();
    known.forEach(
        (meaning, value) -> {
          if (meaning instanceof OfTime of && of.time().isInit() == ofInit) {
            fields
                .computeIfAbsent(of.time(), any -> new EnumMap<>(ChronoField.class))
                .put(of.field(), value);
          }
        });
    TimeSpan times = TimeSpan.ALWAYS;
    for (var time : fields.entrySet()) {
      times = times.and(TimeFields.span(time.getValue(), time.getKey().later()));
    }
    return times;
  }

  /** Its parts as a person would write them. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (NamePart part : parts) {
      if (part instanceof Text literal) {
        text.append(literal.text());
      } else {
        text.append(part instanceof Anything ? "*" : "#");
      }
    }
    return text.toString();
  }
}
