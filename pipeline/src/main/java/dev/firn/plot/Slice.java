package dev.firn.plot;

import dev.firn.dataset.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** One index of each dimension of a variable but latitude and longitude. */
final class Slice {
  private final List<Coordinate> coordinates;
  private final int[] indices;

  private Slice(List<Coordinate> coordinates, int[] indices) {
    this.coordinates = coordinates;
    this.indices = indices;
  }

  /**
   * The slices that a choice leaves, lazily: along the first dimension the newest first, along the
   * others in their order.
   *
   * @param chosen from names of dimensions to indices or values
   */
  static Stream<Slice> of(List<Coordinate> coordinates, Map<String, String> chosen) {
    List<String> names = coordinates.stream().map(Coordinate::name).toList();
    for (String name : chosen.keySet()) {
      if (!names.contains(name)) {
        throw new ConfigurationException(
            "Unknown dimension '" + name + "': a map is chosen by " + String.join(", ", names));
      }
    }
    List<int[]> choices = new ArrayList<>();
    for (Coordinate coordinate : coordinates) {
      String text = chosen.get(coordinate.name());
      choices.add(
          text == null
              ? all(coordinate.length(), choices.isEmpty())
              : new int[] {coordinate.indexOf(text)});
    }
    long count = choices.stream().mapToLong(choice -> choice.length).reduce(1, Math::multiplyExact);
    return LongStream.range(0, count)
        .mapToObj(number -> new Slice(coordinates, indices(choices, number)));
  }

  private static int[] all(int length, boolean newestFirst) {
    int[] indices = new int[length];
    Arrays.setAll(indices, i -> newestFirst ? length - 1 - i : i);
    return indices;
  }

  private static int[] indices(List<int[]> choices, long number) {
    int[] indices = new int[choices.size()];
    long rest = number;
    for (int d = indices.length - 1; d >= 0; d--) {
      int[] choice = choices.get(d);
      indices[d] = choice[(int) (rest % choice.length)];
      rest /= choice.length;
    }
    return indices;
  }

  /** The index of dimension {@code d}. */
  int index(int d) {
    return indices[d];
  }

  /** Where it is: {@code 2026-01-01 06:00 UTC + 24 h, valid 2026-01-02 06:00 UTC}. */
  String label() {
    Optional<Instant> start = first(Coordinate::time);
    Optional<Duration> lead = first(Coordinate::duration);
    List<String> labels = new ArrayList<>();
    for (int d = 0; d < indices.length; d++) {
      labels.add(coordinates.get(d).label(indices[d]));
    }
    if (start.isEmpty() || lead.isEmpty()) {
      return String.join(", ", labels);
    }
    String forecast = Coordinate.text(start.get()) + " + " + Coordinate.text(lead.get());
    labels.remove(Coordinate.text(start.get()));
    labels.remove(Coordinate.text(lead.get()));
    String valid = "valid " + Coordinate.text(start.get().plus(lead.get()));
    return Stream.concat(Stream.of(forecast, valid), labels.stream())
        .collect(Collectors.joining(", "));
  }

  private interface Part<T> {
    Optional<T> of(Coordinate coordinate, int index);
  }

  private <T> Optional<T> first(Part<T> part) {
    Optional<T> found = Optional.empty();
    for (int d = 0; d < indices.length && found.isEmpty(); d++) {
      found = part.of(coordinates.get(d), indices[d]);
    }
    return found;
  }
}
