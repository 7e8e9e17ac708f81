package dev.firn.plot;

import java.util.Map;
import java.util.regex.Pattern;

/** Units as attributes have them, in the signs that readers of maps know. */
final class UnitText {
  private static final Map<String, String> SIGNS =
      Map.of("degree_Celsius", "°C", "degree_celsius", "°C", "percent", "%", "1", "");
  private static final Pattern EXPONENT = Pattern.compile("(?<=[a-z])(-?)([1-4])\\b");
  private static final String RAISED = "¹²³⁴";

  private UnitText() {}

  /** {@code °C} for {@code degree_Celsius}, {@code m s⁻¹} for {@code m s-1}. */
  static String of(String units) {
    String sign = SIGNS.get(units);
    return sign != null
        ? sign
        : EXPONENT
            .matcher(units)
            .replaceAll(
                found ->
                    (found.group(1).isEmpty() ? "" : "⁻")
                        + RAISED.charAt(Integer.parseInt(found.group(2)) - 1));
  }
}
