package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Grid;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.Level;
import dev.firn.io.grib.packing.DataTemplate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One line of a file's table of contents: what a field is and how it is stored, without its values.
 * Sections that are broken, or use a template Firn does not read, are named under {@code problems},
 * and what they would say is left out.
 *
 * @param index of the field among all fields of the file, from 0
 * @param properties names and plain values (text, numbers, truth values, maps and lists of them),
 *     in a fixed order; what does not apply to a field is left out
 */
public record GribListing(int index, Map<String, Object> properties) {

  /** The fields of {@code file}, lazily, in order. */
  public static Stream<GribListing> of(GribFile file) {
    Iterator<Integer> indices = IntStream.iterate(0, i -> i + 1).iterator();
    return file.messages()
        .flatMap(
            message ->
                IntStream.range(0, message.fields().size())
                    .mapToObj(number -> of(indices.next(), message, number)));
  }

  private static GribListing of(int index, GribMessage message, int number) {
    GribField field = message.fields().get(number);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("index", index);
    message.origin().offset().ifPresent(offset -> properties.put("offset", offset));
    properties.put("length", message.lengthBytes());
    properties.put("field", number);
    properties.put("centre", message.centre());
    properties.put("discipline", field.parameter().discipline());
    properties.put("category", field.parameter().category());
    properties.put("number", field.parameter().number());
    properties.put("referenceTime", field.referenceTime().toString());
    properties.put("gridTemplate", field.gridTemplate());
    properties.put("productTemplate", field.productTemplate());
    properties.put("dataTemplate", field.dataTemplate());
    properties.put("bitMap", field.hasBitMap());
    List<String> problems = new ArrayList<>();
    addReadable(problems, () -> addProduct(properties, field));
    addReadable(problems, () -> properties.put("grid", grid(field.grid())));
    addReadable(problems, () -> properties.put("packing", packing(field.packing())));
    if (!problems.isEmpty()) {
      properties.put("problems", problems);
    }
    return new GribListing(index, properties);
  }

  private static void addReadable(List<String> problems, Runnable addition) {
    try {
      addition.run();
    } catch (CorruptInputException | UnsupportedFeatureException e) {
      problems.add(e.getMessage());
    }
  }

  private static void addProduct(Map<String, Object> properties, GribField field) {
    properties.put("level", level(field.level()));
    properties.put("leadTimeSeconds", field.leadTime().toSeconds());
    field
        .interval()
        .ifPresent(
            interval -> {
              Map<String, Object> map = new LinkedHashMap<>();
              map.put("process", interval.process());
              map.put("startSeconds", interval.start().toSeconds());
              map.put("endSeconds", interval.end().toSeconds());
              properties.put("interval", map);
            });
    field
        .member()
        .ifPresent(
            member -> {
              Map<String, Object> map = new LinkedHashMap<>();
              map.put("type", member.type());
              map.put("number", member.number());
              map.put("ensembleSize", member.ensembleSize());
              properties.put("member", map);
            });
    field.derivedForecast().ifPresent(code -> properties.put("derivedForecast", code));
  }

  private static Map<String, Object> level(Level level) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("first", surface(level.first()));
    level.second().ifPresent(second -> map.put("second", surface(second)));
    return map;
  }

  private static Map<String, Object> surface(FixedSurface surface) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", surface.type());
    surface.value().ifPresent(value -> map.put("value", value));
    return map;
  }

  private static Map<String, Object> grid(Grid grid) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", grid.rows());
    map.put("columns", grid.columns());
    if (grid instanceof LatLonGrid latLon) {
      double[] latitudes = latLon.latitudes();
      double[] longitudes = latLon.longitudes();
      map.put("firstLatitude", latitudes[0]);
      map.put("lastLatitude", latitudes[latitudes.length - 1]);
      map.put("firstLongitude", longitudes[0]);
      map.put("lastLongitude", longitudes[longitudes.length - 1]);
    }
    return map;
  }

  private static Map<String, Object> packing(DataTemplate packing) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("bits", packing.bitsPerValue());
    map.put("reference", packing.scale().reference());
    map.put("binaryScale", packing.scale().binaryFactor());
    map.put("decimalScale", packing.scale().decimalFactor());
    return map;
  }

  /** The properties on one line: {@code 0: index=0 offset=0 …}, maps in braces. */
  public String line() {
    StringBuilder line = new StringBuilder();
    properties.forEach(
        (name, value) ->
            line.append(line.isEmpty() ? "" : " ").append(name).append('=').append(value));
    return line.toString();
  }
}
