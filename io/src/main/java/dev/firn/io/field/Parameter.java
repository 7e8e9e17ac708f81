package dev.firn.io.field;

/**
 * What is measured, by WMO's numbers (code tables 0.0, 4.1 and 4.2): temperature is 0, 0, 0.
 *
 * @param discipline 0 to 255
 * @param category 0 to 255, within the discipline
 * @param number 0 to 255, within the category
 */
public record Parameter(int discipline, int category, int number) {
  /** Checks that each number fits an octet. */
  public Parameter {
    if ((discipline | category | number) < 0 || (discipline | category | number) > 255) {
      throw new IllegalArgumentException(
          "Invalid parameter " + discipline + "." + category + "." + number);
    }
  }

  @Override
  public String toString() {
    return discipline + "." + category + "." + number;
  }
}
