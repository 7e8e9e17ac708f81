package dev.firn.dataset;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A dimension of fixed length. */
public sealed interface DimensionSpec {
  /** Its name in the store. */
  String name();

  /** How many positions it has. */
  int length();

  private static ConfigurationException tooShort(String name, int length, int least) {
    return new ConfigurationException(
        "Invalid dimension " + name + ": count is " + length + ", expected " + least + " or more");
  }

  /**
   * The lead times of a forecast, ascending.
   *
   * @param name its name in the store
   * @param values one lead time a position
   * @param lastByInitHour where forecasts of some hours of the day (UTC) end early: their last lead
   *     times
   */
  record LeadTimes(String name, List<Duration> values, Map<Integer, Duration> lastByInitHour)
      implements DimensionSpec {
    /** Copies the values and checks their order. */
    public LeadTimes {
      values = List.copyOf(values);
      lastByInitHour = Map.copyOf(lastByInitHour);
      if (values.isEmpty()) {
        throw tooShort(name, 0, 1);
      }
      for (int i = 1; i < values.size(); i++) {
        if (values.get(i).compareTo(values.get(i - 1)) <= 0) {
          throw new ConfigurationException(
              "Invalid dimension " + name + ": " + values.get(i) + " follows " + values.get(i - 1));
        }
      }
      for (Duration last : lastByInitHour.values()) {
        if (!values.contains(last)) {
          throw new ConfigurationException(
              "Invalid dimension " + name + ": forecasts cannot end at " + last + ", no lead time");
        }
      }
    }

    @Override
    public int length() {
      return values.size();
    }

    /** The longest lead time there is. */
    public Duration last() {
      return values.get(values.size() - 1);
    }

    /** The last lead time of a whole forecast that starts at {@code init}. */
    public Duration lastOf(Instant init) {
      return lastByInitHour.getOrDefault(init.atOffset(ZoneOffset.UTC).getHour(), last());
    }
  }

  /**
   * The members of an ensemble, numbered from 0.
   *
   * @param name its name in the store
   * @param length how many members
   */
  record Members(String name, int length) implements DimensionSpec {
    /** Checks that there is one. */
    public Members {
      if (length < 1 || length > Short.MAX_VALUE) {
        throw tooShort(name, length, 1);
      }
    }
  }

  /** An axis of the grid, in degrees or metres. */
  sealed interface Axis extends DimensionSpec {
    /** The coordinate of every position. */
    double[] values();

    /** The coordinate of position 0. */
    default double first() {
      return values()[0];
    }

    /** The coordinate of the last position. */
    default double last() {
      return values()[length() - 1];
    }
  }

  /**
   * An evenly spaced axis.
   *
   * @param name its name in the store
   * @param first the value at position 0
   * @param last the value at the last position
   * @param length how many positions
   */
  record EvenAxis(String name, double first, double last, int length) implements Axis {
    /** Checks that there is more than one position. */
    public EvenAxis {
      if (length < 2) {
        throw tooShort(name, length, 2);
      }
    }

    /** {@code first + i × ((last − first) / (count − 1))}, the last one exact. */
    @Override
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

  /**
   * The centres of cells from an edge on, computed in single precision as some sources do: evenly
   * spaced but for its roundings.
   *
   * @param name its name in the store
   * @param edge where the first cell begins
   * @param step the width of a cell, negative where values fall
   * @param length how many cells
   */
  record SinglePrecisionAxis(String name, float edge, float step, int length) implements Axis {
    /** Checks that there is more than one position. */
    public SinglePrecisionAxis {
      if (length < 2) {
        throw tooShort(name, length, 2);
      }
    }

    /** {@code edge + (step × i + step / 2)}, each operation rounded to float32. */
    @Override
    public double[] values() {
      double[] values = new double[length];
      for (int i = 0; i < length; i++) {
        values[i] = edge + (step * i + step / 2);
      }
      return values;
    }
  }
}
