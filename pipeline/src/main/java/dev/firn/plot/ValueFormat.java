package dev.firn.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.util.Locale;

/** Tick values of a colour bar, with as many decimals as its steps need. */
final class ValueFormat extends DecimalFormat {
  private static final long serialVersionUID = 1L;
  private static final int MOST_DECIMALS = 4;

  private final double step;

  ValueFormat(double step) {
    super(pattern(step), DecimalFormatSymbols.getInstance(Locale.ROOT));
    this.step = step;
  }

  private static String pattern(double step) {
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    if (decimals > MOST_DECIMALS) {
      return "0.#E0";
    }
    return decimals == 0 ? "0" : "0." + "0".repeat(decimals);
  }

  /** Ticks are sums of steps: the one nearest to zero is zero. */
  @Override
  public StringBuffer format(double value, StringBuffer text, FieldPosition position) {
    return Math.abs(value) < step / 2 ? text.append('0') : super.format(value, text, position);
  }
}
