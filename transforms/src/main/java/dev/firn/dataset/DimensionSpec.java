package dev.firn.dataset;

import java.time.Duration;
import java.util.List;

/** A dimension of fixed length. */
public sealed interface DimensionSpec {
  /** Its name in the store. */
  String name();

  /** How many positions it has. */
  int length();

  /**
   * The lead times of a forecast, ascending.
   *
   * @param name its name in the store
   * @param values one lead time a position
   */
  record LeadTimes(String name, List<Duration> values) implements DimensionSpec {
    /** Copies the values and checks their order. */
    public LeadTimes {
      values = List.copyOf(values);
      for (int i = 1; i < values.size(); i++) {
        if (values.get(i).compareTo(values.get(i - 1)) <= 0) {
          throw new ConfigurationException(
              "Invalid dimension " + name + ": " + values.get(i) + " follows " + values.get(i - 1));
        }
      }
    }

    @Override
    public int length() {
      return values.size();
    }
  }

  /**
   * An evenly spaced axis of the grid, in degrees.
   *
   * @param name its name in the store
   * @param first the value at position 0
   * @param last the value at the last position
   * @param length how many positions
   */
  record Axis(String name, double first, double last, int length) implements DimensionSpec {
    /** Checks that there is more than one position. */
    public Axis {
      if (length < 2) {
        throw new ConfigurationException(
            "Invalid dimension " + name + ": count is " + length + ", expected 2 or more");
      }
    }

    /** {@code first + i × ((last − first) / (count − 1))}, the last one exact. */
    public double[] values() {
      double[] values = new double[length];
      double step = (last - first) / (length - 1);
      for (int i = 0; i < length - 1; i++) {
        values[i] = first + i * step;
      }
      values[length - 1] = last;
      return values;
    }
  }
}
