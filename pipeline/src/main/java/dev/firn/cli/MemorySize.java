package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as users write and read them: powers of 1024. */
final class MemorySize {
  private static final Pattern FORM = Pattern.compile("(\\d+)([kmgt]?)b?");
  private static final String UNITS = "kmgt";

  private MemorySize() {}

  static long parse(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new ConfigurationException(
          "Invalid size '" + text + "': expected a number with k, m, g or t, like 512m");
    }
    int power = matcher.group(2).isEmpty() ? 0 : 1 + UNITS.indexOf(matcher.group(2));
    return Long.parseLong(matcher.group(1)) << (10 * power);
  }

  static String text(long bytes) {
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    return unit < 0
        ? bytes + " B"
        : String.format(
            Locale.ROOT,
            "%.1f %siB",
            value,
            UNITS.substring(unit, unit + 1).toUpperCase(Locale.ROOT));
  }
}
