package dev.firn.plot;

import java.awt.Color;
import java.awt.Paint;
import java.util.Arrays;
import org.jfree.chart.renderer.PaintScale;

/**
 * Colours for values, in even steps to the eye: lightness, chroma and hue change steadily in the
 * OKLCh colour space. Values on one side of zero go from dark blue over green to light yellow;
 * where values lie on both sides, zero is near white, what is below blue and what is above red.
 * Values beyond the bounds have the colour of the bound, missing ones are grey.
 */
final class ColourScale implements PaintScale {
  private static final int COLOURS = 512;
  private static final Color MISSING = new Color(0xC4C4C4);
  private static final double OUTLIERS = 0.001;
  private static final double TWO_SIDED_SHARE = 0.15;

  private final double lower;
  private final double upper;
  private final Color[] colours;

  private ColourScale(double lower, double upper, boolean twoSided) {
    this.lower = lower;
    this.upper = upper;
    this.colours = new Color[COLOURS];
    for (int i = 0; i < COLOURS; i++) {
      double share = i / (COLOURS - 1.0);
      colours[i] = twoSided ? diverging(2 * share - 1) : sequential(share);
    }
  }

  /** A scale with round bounds that fit {@code values}, but for single outliers. */
  static ColourScale of(float[] values) {
    float[] sorted = sortedPresent(values);
    if (sorted.length == 0) {
      return new ColourScale(0, 1, false);
    }
    int outliers = (int) (sorted.length * OUTLIERS);
    double low = sorted[outliers];
    double high = sorted[sorted.length - 1 - outliers];
    if (low >= high) {
      low = sorted[0];
      high = sorted[sorted.length - 1];
    }
    if (low < 0 && high > 0 && Math.min(-low, high) > TWO_SIDED_SHARE * Math.max(-low, high)) {
      double bound = Math.max(-low, high);
      double step = roundStep(2 * bound);
      double outer = Math.ceil(bound / step) * step;
      return new ColourScale(-outer, outer, true);
    }
    double step = roundStep(low < high ? high - low : Math.max(1, Math.abs(low)));
    double lower = Math.floor(low / step) * step;
    return new ColourScale(lower, Math.max(Math.ceil(high / step) * step, lower + step), false);
  }

  private static float[] sortedPresent(float[] values) {
    float[] present = new float[values.length];
    int count = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        present[count++] = value;
      }
    }
    float[] sorted = Arrays.copyOf(present, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** 1, 2 or 5 times a power of ten: about a tenth of {@code range}. */
  static double roundStep(double range) {
    double power = Math.pow(10, Math.floor(Math.log10(range / 10)));
    double digit = range / 10 / power;
    return (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10) * power;
  }

  @Override
  public double getLowerBound() {
    return lower;
  }

  @Override
  public double getUpperBound() {
    return upper;
  }

  @Override
  public Paint getPaint(double value) {
    return colour(value);
  }

  Color colour(double value) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    double share = (value - lower) / (upper - lower);
    return colours[(int) Math.max(0, Math.min(COLOURS - 1, Math.round(share * (COLOURS - 1))))];
  }

  /** From 0, dark blue, to 1, light yellow. */
  private static Color sequential(double share) {
    double chroma = 0.085 + 0.05 * Math.pow(2 * share - 1, 2);
    return oklch(0.25 + 0.7 * share, chroma, 290 - 185 * share);
  }

  /** From −1, dark blue, over white to 1, dark red. */
  private static Color diverging(double side) {
    double distance = Math.abs(side);
    double chroma = 0.168 * Math.pow(Math.sin(Math.PI * 0.7 * distance), 1.5);
    double hue = side < 0 ? 250 + 18 * distance : 48 - 22 * distance;
    return oklch(0.97 - 0.62 * Math.pow(distance, 1.15), chroma, hue);
  }

  /** The sRGB colour nearest to a lightness, chroma and hue of OKLCh. */
  private static Color oklch(double lightness, double chroma, double hueDegrees) {
    double a = chroma * Math.cos(Math.toRadians(hueDegrees));
    double b = chroma * Math.sin(Math.toRadians(hueDegrees));
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return new Color(
        gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        gamma(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
  }

  private static double cube(double x) {
    return x * x * x;
  }

  /** The sRGB byte of a linear intensity. */
  private static int gamma(double linear) {
    double bounded = Math.max(0, Math.min(1, linear));
    double encoded =
        bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * Math.pow(bounded, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * encoded);
  }
}
