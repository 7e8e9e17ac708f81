package dev.firn.dataset;

import java.time.temporal.ChronoField;
import java.util.Locale;

/** A part of what the names of files look like. */
sealed interface NamePart {

  /** This text. */
  record Text(String text) implements NamePart {}

  /** Anything that has no slash. */
  record Anything() implements NamePart {}

  /**
   * A number in decimal digits.
   *
   * @param meaning what it tells
   * @param fewest digits it is written with
   * @param most digits it is written with
   */
  record Digits(Meaning meaning, int fewest, int most) implements NamePart {}

  /** What a number tells. */
  sealed interface Meaning {
    /** Whether it can be {@code value}. */
    boolean isPossible(int value);
  }

  /** Hours since the start of the forecast. */
  record Lead() implements Meaning {
    @Override
    public boolean isPossible(int value) {
      return true;
    }
  }

  /** The number of an ensemble member. */
  record Member() implements Meaning {
    @Override
    public boolean isPossible(int value) {
      return true;
    }
  }

  /**
   * A field of a time.
   *
   * @param time which time
   * @param field of it
   */
  record OfTime(NamedTime time, ChronoField field) implements Meaning {
    @Override
    public boolean isPossible(int value) {
      return field.range().isValidValue(value);
    }
  }

  /**
   * A time that is named.
   *
   * @param isInit whether it is the start of the forecast, and not the time a field is for
   * @param later the ISO 8601 duration it is moved by before it is written, empty for none
   */
  record NamedTime(boolean isInit, String later) {}

  /** Cased as {@code format} says: {@code upper}, or lower. */
  default NamePart cased(String format) {
    return this instanceof Text text
        ? new Text(
            format.equals("upper")
                ? text.text().toUpperCase(Locale.ROOT)
                : text.text().toLowerCase(Locale.ROOT))
        : this;
  }
}
