package dev.firn.dataset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the dimensions of a definition. */
final class DimensionParser {
  private DimensionParser() {}

  static AppendDimension append(Definition append) {
    return append.complete(
        new AppendDimension(
            append.text("dimension"),
            append.instant("start"),
            append.duration("every"),
            append.integer("coordinate_chunk")));
  }

  static List<DimensionSpec> parse(Map<String, Definition> definitions) {
    List<DimensionSpec> dimensions = new ArrayList<>();
    definitions.forEach(
        (name, definition) -> dimensions.add(definition.complete(dimension(name, definition))));
    return dimensions;
  }

  private static DimensionSpec dimension(String name, Definition definition) {
    if (definition.has("hours")) {
      return new DimensionSpec.LeadTimes(
          name, hours(definition.sequence("hours")), lastByInitHour(definition));
    }
    if (definition.has("members")) {
      return new DimensionSpec.Members(name, definition.integer("members"));
    }
    if (definition.has("edge")) {
      return new DimensionSpec.SinglePrecisionAxis(
          name,
          (float) definition.number("edge"),
          (float) definition.number("step"),
          definition.integer("count"));
    }
    return new DimensionSpec.EvenAxis(
        name, definition.number("first"), definition.number("last"), definition.integer("count"));
  }

  private static List<Duration> hours(List<Definition> ranges) {
    List<Duration> hours = new ArrayList<>();
    for (Definition range : ranges) {
      int every = range.integer("every");
      if (every < 1) {
        throw range.invalid("every", "1 or more");
      }
      int last = range.integer("to");
      for (int hour = range.integer("from"); hour <= last; hour += every) {
        hours.add(Duration.ofHours(hour));
      }
      range.complete(hours);
    }
    return hours;
  }

  private static Map<Integer, Duration> lastByInitHour(Definition definition) {
    Map<Integer, Duration> lasts = new HashMap<>();
    if (definition.has("last_by_init_hour")) {
      Definition byHour = definition.child("last_by_init_hour");
      for (int hour = 0; hour < 24; hour++) {
        String key = String.valueOf(hour);
        if (byHour.has(key)) {
          lasts.put(hour, Duration.ofHours(byHour.integer(key)));
        }
      }
      byHour.complete(lasts);
    }
    return lasts;
  }
}
