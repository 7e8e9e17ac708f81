package dev.firn.io.netcdf;

import java.util.List;
import java.util.Optional;

/**
 * What a file says of a group or variable.
 *
 * @param type of its values
 * @param shape empty for a single value
 * @param values as {@link NetcdfValues#elements} describes them
 */
public record NetcdfAttribute(
    String name, NetcdfType type, List<Integer> shape, List<Object> values) {

  /** Copies the lists. */
  public NetcdfAttribute {
    shape = List.copyOf(shape);
    values = List.copyOf(values);
  }

  /** Its text, where it is one. */
  public Optional<String> text() {
    return values.size() == 1 && values.get(0) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Its values as doubles, empty where one of them is no number. */
  public double[] numbers() {
    if (!values.stream().allMatch(Number.class::isInstance)) {
      return new double[0];
    }
    return values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }
}
