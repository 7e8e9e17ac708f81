package dev.firn.dataset;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the URLs of source files are made: a template whose placeholders are filled.
 *
 * <ul>
 *   <li>{@code {init:yyyyMMdd}}, {@code {valid:HH}}: the start of the forecast and the time it is
 *       for, in a pattern of {@link DateTimeFormatter}; {@code {init:minute_of_day}} counts from
 *       midnight; {@code {init+PT30M:HHmm}}, {@code {init+P3M:yyyy}} move it by an ISO 8601
 *       duration before
 *   <li>{@code {lead:03d}}, {@code {member:02d}}: hours and the member's number, as {@link
 *       String#format} writes them
 *   <li>{@code {name}}: a word of the variable, or a name; {@code {name:upper}} in capitals, {@code
 *       {name:lower}} in small letters
 * </ul>
 *
 * <p>A name has rules, of which the first that holds gives its texts. Several texts are
 * alternatives, to be tried in order; of several names with alternatives, those of the last change
 * first. Texts are templates themselves, and conditions look at words, both with the names before
 * theirs.
 *
 * @param template of the URL
 * @param names the rules of each name, in the order in which they are settled
 */
public record FileNaming(String template, Map<String, List<NameRule>> names) {
  /** A name, how much later a time is, and a format; the last two where there are any. */
  static final Pattern PLACEHOLDER =
      Pattern.compile("\\{([a-z_][a-z0-9_]*)(?:\\+(P[A-Z0-9]+))?(?::([^}]+))?}");

  private static final Pattern NUMBER = Pattern.compile("(0[1-9])?d");

  /** Copies the names. */
  public FileNaming {
    names = new LinkedHashMap<>(names);
  }

  /**
   * What a name stands for when the condition holds.
   *
   * @param texts alternatives, the first preferred
   */
  public record NameRule(Condition when, List<String> texts) {
    /** Copies the texts. */
    public NameRule {
      texts = List.copyOf(texts);
    }
  }

  /** The URLs to try, in order; none when a name that is needed has no rule that holds. */
  List<String> urls(SourceStep step, Map<String, String> words, Instant now) {
    List<Map<String, String>> bindings = List.of(words);
    for (var name : names.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> binding : bindings) {
        longer.addAll(bound(binding, name.getKey(), name.getValue(), step, now));
      }
      bindings = longer;
    }
    return bindings.stream()
        .filter(binding -> isComplete(template, binding))
        .map(binding -> filled(template, binding, step))
        .distinct()
        .toList();
  }

  /** The binding with each of a name's texts; as it was, if no rule holds. */
  private static List<Map<String, String>> bound(
      Map<String, String> binding,
      String name,
      List<NameRule> rules,
      SourceStep step,
      Instant now) {
    Optional<NameRule> rule =
        rules.stream().filter(each -> each.when().holds(step, binding, now)).findFirst();
    if (rule.isEmpty()) {
      return List.of(binding);
    }
    List<Map<String, String>> longer = new ArrayList<>();
    for (String text : rule.get().texts()) {
      if (isComplete(text, binding)) {
        Map<String, String> more = new LinkedHashMap<>(binding);
        more.put(name, filled(text, binding, step));
        longer.add(more);
      }
    }
    return longer.isEmpty() ? List.of(binding) : longer;
  }

  /** Whether all placeholders of a template are of the step or among the {@code known} names. */
  static boolean isComplete(String template, Map<String, ?> known) {
    return PLACEHOLDER
        .matcher(template)
        .results()
        .map(found -> found.group(1))
        .allMatch(name -> isOfStep(name) || known.containsKey(name));
  }

  private static boolean isOfStep(String name) {
    return List.of("init", "valid", "lead", "member").contains(name);
  }

  private static String filled(String template, Map<String, String> binding, SourceStep step) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(value(found, binding, step)));
  }

  private static String value(MatchResult found, Map<String, String> binding, SourceStep step) {
    String format = found.group(3);
    if (binding.containsKey(found.group(1))) {
      return inCase(binding.get(found.group(1)), format);
    }
    return switch (found.group(1)) {
      case "lead" -> number(step.lead().toHours(), format);
      case "member" -> number(step.member(), format);
      case "init" -> time(step.init(), found.group(2), format);
      default -> time(step.validTime(), found.group(2), format);
    };
  }

  private static String number(long value, String format) {
    if (format == null || !NUMBER.matcher(format).matches()) {
      throw new IllegalArgumentException("'" + format + "', expected one like 03d");
    }
    return String.format(Locale.ROOT, "%" + format, value);
  }

  private static String inCase(String text, String format) {
    if (format == null) {
      return text;
    }
    return format.equals("upper") ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
  }

  private static String time(Instant time, String later, String format) {
    LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    LocalDateTime moved = later == null ? local : local.plus(amount(later));
    return format.equals("minute_of_day")
        ? String.format(Locale.ROOT, "%04d", moved.get(ChronoField.MINUTE_OF_DAY))
        : DateTimeFormatter.ofPattern(format, Locale.ROOT).format(moved);
  }

  private static TemporalAmount amount(String later) {
    return later.contains("T") ? Duration.parse(later) : Period.parse(later);
  }

  /**
   * Checks the formats by filling all templates once.
   *
   * @param words those that the dataset's variables have
   * @throws IllegalArgumentException naming the template that cannot be filled
   */
  void check(Map<String, String> words) {
    SourceStep any = new SourceStep(Instant.EPOCH, Duration.ZERO, 0);
    Map<String, String> binding = new LinkedHashMap<>(words);
    names.keySet().forEach(name -> binding.put(name, name));
    List<String> templates = new ArrayList<>(List.of(template));
    names.values().forEach(rules -> rules.forEach(rule -> templates.addAll(rule.texts())));
    for (String each : templates) {
      if (!isComplete(each, binding)) {
        throw new IllegalArgumentException(
            "'"
                + each
                + "' has a placeholder that is neither init, valid, lead nor member, nor a"
                + " name or word");
      }
      try {
        filled(each, binding, any);
      } catch (DateTimeException | IllegalArgumentException | NullPointerException malformed) {
        throw new IllegalArgumentException(
            "'" + each + "' has a placeholder of wrong format: " + malformed.getMessage(),
            malformed);
      }
    }
  }
}
