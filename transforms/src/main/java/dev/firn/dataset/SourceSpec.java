package dev.firn.dataset;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a dataset's source files are: one file for each forecast and lead time, with an inventory
 * beside it.
 *
 * @param fileTemplate the URL, with {@code {init:PATTERN}} for the start of the forecast (a pattern
 *     of {@link DateTimeFormatter}, UTC) and {@code {lead:FORMAT}} for the lead time in hours
 *     ({@code 03d})
 * @param indexSuffix what is added to a file's URL for its inventory's
 */
public record SourceSpec(String fileTemplate, String indexSuffix) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(init|lead):([^}]+)}");

  /** The URL of the file that holds {@code lead} of the forecast started at {@code init}. */
  public String fileUrl(Instant init, Duration lead) {
    return PLACEHOLDER
        .matcher(fileTemplate)
        .replaceAll(
            found -> Matcher.quoteReplacement(value(found.group(1), found.group(2), init, lead)));
  }

  private static String value(String name, String format, Instant init, Duration lead) {
    return name.equals("init")
        ? DateTimeFormatter.ofPattern(format, Locale.ROOT).withZone(ZoneOffset.UTC).format(init)
        : String.format(Locale.ROOT, "%" + format, lead.toHours());
  }
}
