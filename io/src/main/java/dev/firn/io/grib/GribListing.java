package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Grid;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.Level;
import dev.firn.io.field.ReducedGrid;
import dev.firn.io.grib.packing.DataTemplate;
import dev.firn.io.grib.packing.ScaledTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final String NONE = "-";
  private static final List<String> COLUMNS =
      List.of(
          "index",
          "offset",
          "centre",
          "shortName",
          "typeOfLevel",
          "levelValue",
          "dataDate",
          "dataTime",
          "stepRange",
          "dataType",
          "gridType",
          "packingType");

  /**
   * One field of a message.
   *
   * @param index of the field in the listing
   * @param number of the field in {@code message}, from 0
   * @throws CorruptInputException when the section that names the parameter is broken
   */
  public static GribListing of(int index, GribMessage message, int number, GribNames names) {
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
    ListedNames listed = new ListedNames(field, names);
    List<String> problems = new ArrayList<>();
    listed.addPlain(properties);
    addReadable(
        problems,
        () -> {
          addProduct(properties, field);
          listed.addProduct(properties);
          listed.addName(properties);
        });
    addReadable(
        problems,
        () -> {
          properties.put("grid", grid(field));
          listed.addGrid(properties);
        });
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
    GribProduct product = field.product();
    product.percentile().ifPresent(percentile -> properties.put("percentile", percentile));
    product
        .probability()
        .ifPresent(
            probability -> {
              Map<String, Object> map = new LinkedHashMap<>();
              map.put("type", probability.type());
              probability.lower().ifPresent(limit -> map.put("lower", limit));
              probability.upper().ifPresent(limit -> map.put("upper", limit));
              properties.put("probability", map);
            });
    product
        .constituent()
        .ifPresent(constituent -> properties.put("constituent", constituent.type()));
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

  private static Map<String, Object> grid(GribField field) {
    Grid grid = field.grid();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", grid.rows());
    map.put("columns", grid.columns());
    map.put("points", grid.points());
    if (grid instanceof LatLonGrid latLon) {
      map.put("firstLatitude", latLon.latitude().coordinate(0));
      map.put("lastLatitude", latLon.latitude().coordinate(latLon.rows() - 1));
      map.put("firstLongitude", latLon.longitude().coordinate(0));
      map.put("lastLongitude", latLon.longitude().coordinate(latLon.columns() - 1));
    }
    if (grid instanceof ReducedGrid reduced) {
      map.put("rowLengths", reduced.rowLengths());
    }
    field
        .coordinateReference()
        .ifPresent(
            reference -> {
              map.put("gridMapping", reference.gridMapping());
              map.put("wkt", reference.wkt());
            });
    return map;
  }

  private static Map<String, Object> packing(DataTemplate packing) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("bits", packing.bitsPerValue());
    if (packing instanceof ScaledTemplate scaled) {
      map.put("reference", scaled.scale().reference());
      map.put("binaryScale", scaled.scale().binaryFactor());
      map.put("decimalScale", scaled.scale().decimalFactor());
    }
    return map;
  }

  /** Why sections could not be read, in order. */
  public List<String> problems() {
    return properties.get("problems") instanceof List<?> problems
        ? problems.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** The table of {@code listings} for people: what {@code grib_ls} shows, in aligned columns. */
  public static Stream<String> table(List<GribListing> listings) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(COLUMNS);
    listings.forEach(listing -> rows.add(COLUMNS.stream().map(listing::cell).toList()));
    int[] widths = new int[COLUMNS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths));
  }

  private String cell(String column) {
    String text = String.valueOf(properties.getOrDefault(column, NONE));
    return text.isEmpty() ? NONE : text;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
