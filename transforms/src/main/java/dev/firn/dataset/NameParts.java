package dev.firn.dataset;

import dev.firn.dataset.NamePart.Anything;
import dev.firn.dataset.NamePart.Digits;
import dev.firn.dataset.NamePart.Lead;
import dev.firn.dataset.NamePart.Meaning;
import dev.firn.dataset.NamePart.Member;
import dev.firn.dataset.NamePart.NamedTime;
import dev.firn.dataset.NamePart.OfTime;
import dev.firn.dataset.NamePart.Text;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;

/** Takes the templates of {@link FileNaming} apart. */
final class NameParts {
  private static final int MOST_DIGITS = 9;

  private final List<NamePart> parts = new ArrayList<>();

  private NameParts() {}

  /**
   * The parts of a template.
   *
   * @param known the parts of words and names
   */
  static List<NamePart> of(String template, Map<String, List<NamePart>> known) {
    NameParts parts = new NameParts();
    Matcher placeholders = FileNaming.PLACEHOLDER.matcher(template);
    int end = 0;
    for (MatchResult found : placeholders.results().toList()) {
      parts.text(template.substring(end, found.start()));
      parts.placeholder(found, known);
      end = found.end();
    }
    parts.text(template.substring(end));
    return List.copyOf(parts.parts);
  }

  private void placeholder(MatchResult found, Map<String, List<NamePart>> known) {
    String name = found.group(1);
    String format = found.group(3);
    if (known.containsKey(name)) {
      known.get(name).forEach(part -> add(format == null ? part : part.cased(format)));
      return;
    }
    switch (name) {
      case "lead" -> number(new Lead(), format);
      case "member" -> number(new Member(), format);
      default ->
          time(
              new NamedTime(name.equals("init"), found.group(2) == null ? "" : found.group(2)),
              format);
    }
  }

  /** An asterisk in it stands for anything. */
  private void text(String text) {
    String[] pieces = text.split("\\*", -1);
    for (int piece = 0; piece < pieces.length; piece++) {
      if (piece > 0) {
        add(new Anything());
      }
      add(new Text(pieces[piece]));
    }
  }

  /** Texts that follow each other become one. */
  private void add(NamePart part) {
    int last = parts.size() - 1;
    if (part instanceof Text text && last >= 0 && parts.get(last) instanceof Text before) {
      parts.set(last, new Text(before.text() + text.text()));
    } else {
      parts.add(part);
    }
  }

  /** As {@code 03d} writes it: with as many digits, or more. */
  private void number(Meaning meaning, String format) {
    int fewest = format.equals("d") ? 1 : Integer.parseInt(format.substring(0, 2));
    add(new Digits(meaning, fewest, MOST_DIGITS));
  }

  private void time(NamedTime time, String format) {
    if (format.equals("minute_of_day")) {
      add(new Digits(new OfTime(time, ChronoField.MINUTE_OF_DAY), 4, 4));
      return;
    }
    int at = 0;
    while (at < format.length()) {
      at = Character.isLetter(format.charAt(at)) ? field(time, format, at) : literal(format, at);
    }
  }

  /**
   * What is no letter stands for itself, but for brackets, or is between apostrophes, two of which
   * stand for one.
   */
  private int literal(String format, int at) {
    if (format.charAt(at) != '\'') {
      add(new Text(format.substring(at, at + 1).replaceAll("[\\[\\]]", "")));
      return at + 1;
    }
    int end = format.indexOf('\'', at + 1);
    add(new Text(end == at + 1 ? "'" : format.substring(at + 1, end)));
    return end + 1;
  }

  /** A run of one letter. */
  private int field(NamedTime time, String format, int at) {
    char letter = format.charAt(at);
    int end = at;
    while (end < format.length() && format.charAt(end) == letter) {
      end++;
    }
    int length = end - at;
    switch (letter) {
      case 'y', 'u' -> digits(time, ChronoField.YEAR, length, length == 4);
      case 'M', 'L' -> digits(time, ChronoField.MONTH_OF_YEAR, length, length <= 2);
      case 'd' -> digits(time, ChronoField.DAY_OF_MONTH, length, true);
      case 'D' -> digits(time, ChronoField.DAY_OF_YEAR, length, true);
      case 'H' -> digits(time, ChronoField.HOUR_OF_DAY, length, true);
      case 'm' -> digits(time, ChronoField.MINUTE_OF_HOUR, length, true);
      case 's' -> digits(time, ChronoField.SECOND_OF_MINUTE, length, true);
      default -> add(new Anything());
    }
    return end;
  }

  /** Two of them are two digits; one alone, and two of a day of the year, may be more. */
  private void digits(NamedTime time, ChronoField field, int length, boolean isNumber) {
    int widest = Long.toString(field.range().getMaximum()).length();
    if (!isNumber) {
      add(new Anything());
    } else if (field == ChronoField.YEAR) {
      add(new Digits(new OfTime(time, field), 4, 4));
    } else {
      add(new Digits(new OfTime(time, field), length, Math.max(length, widest)));
    }
  }
}
