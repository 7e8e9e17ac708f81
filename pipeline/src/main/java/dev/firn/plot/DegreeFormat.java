package dev.firn.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;

/** Degrees as maps have them: {@code 60°W}, {@code 0°}, {@code 47.5°N}. */
final class DegreeFormat extends NumberFormat {
  private static final long serialVersionUID = 1L;

  private final String positive;
  private final String negative;
  private final NumberFormat number =
      new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT));

  private DegreeFormat(String positive, String negative) {
    this.positive = positive;
    this.negative = negative;
  }

  static DegreeFormat latitude() {
    return new DegreeFormat("N", "S");
  }

  static DegreeFormat longitude() {
    return new DegreeFormat("E", "W");
  }

  @Override
  public StringBuffer format(double degrees, StringBuffer text, FieldPosition position) {
    double turned = degrees - 360 * Math.rint(degrees / 360);
    boolean isBoundary = turned == 0 || Math.abs(turned) == 180;
    text.append(number.format(Math.abs(turned))).append('°');
    return isBoundary ? text : text.append(turned < 0 ? negative : positive);
  }

  @Override
  public StringBuffer format(long degrees, StringBuffer text, FieldPosition position) {
    return format((double) degrees, text, position);
  }

  @Override
  public Number parse(String text, ParsePosition position) {
    throw new UnsupportedOperationException("Degrees are only written");
  }
}
