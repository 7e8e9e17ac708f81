package dev.firn.io.netcdf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is in a file, as plain values (text, numbers, truth values, maps and lists of them). */
public final class NetcdfListing {
  private static final int LONGEST_TEXT = 60;

  private NetcdfListing() {}

  /** The format, and the root group with all below it. */
  public static Map<String, Object> of(NetcdfFile file) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("format", file.format());
    properties.putAll(group(file.root()));
    return properties;
  }

  private static Map<String, Object> group(NetcdfGroup group) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("path", group.path());
    properties.put("attributes", attributes(group.attributes()));
    properties.put(
        "dimensions", group.dimensions().stream().map(NetcdfListing::dimension).toList());
    properties.put("variables", group.variables().stream().map(NetcdfListing::variable).toList());
    properties.put("groups", group.groups().stream().map(NetcdfListing::group).toList());
    properties.put("types", group.types());
    properties.put("links", group.links());
    return properties;
  }

  private static Map<String, Object> attributes(Map<String, NetcdfAttribute> attributes) {
    Map<String, Object> properties = new LinkedHashMap<>();
    attributes.forEach(
        (name, attribute) ->
            properties.put(
                name,
                Map.of(
                    "type", attribute.type().label(),
                    "shape", attribute.shape(),
                    "values", attribute.values())));
    return properties;
  }

  private static Map<String, Object> dimension(NetcdfDimension dimension) {
    Map<String, Object> properties = new LinkedHashMap<>();
    dimension.name().ifPresent(name -> properties.put("name", name));
    properties.put("length", dimension.length());
    properties.put("unlimited", dimension.unlimited());
    return properties;
  }

  private static Map<String, Object> variable(NetcdfVariable variable) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("path", variable.path());
    properties.put("type", variable.type().label());
    properties.put(
        "dimensions", variable.dimensions().stream().map(NetcdfListing::dimension).toList());
    variable.chunkShape().ifPresent(shape -> properties.put("chunks", shape));
    properties.put("filters", variable.filters());
    properties.put("attributes", attributes(variable.attributes()));
    return properties;
  }

  /** Rows of a table of variables, the first with the columns' names. */
  public static List<List<String>> rows(NetcdfFile file) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("variable", "type", "dimensions", "chunks", "filters", "attributes"));
    file.root()
        .walk()
        .forEach(
            group -> {
              group.variables().forEach(variable -> rows.add(row(variable)));
              group
                  .links()
                  .forEach(
                      (name, target) ->
                          rows.add(
                              List.of(
                                  (group.path() + "/" + name).replace("//", "/"),
                                  "link",
                                  target,
                                  "-",
                                  "-",
                                  "-")));
            });
    return rows;
  }

  private static List<String> row(NetcdfVariable variable) {
    return List.of(
        variable.path(),
        variable.type().label(),
        dashed(
            variable.dimensions().stream()
                .map(
                    dimension ->
                        dimension.name().map(name -> name + "=").orElse("") + dimension.length())
                .collect(Collectors.joining(" "))),
        variable
            .chunkShape()
            .map(shape -> shape.stream().map(String::valueOf).collect(Collectors.joining("x")))
            .orElse("-"),
        dashed(String.join(", ", variable.filters())),
        dashed(
            variable.attributes().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + shortened(entry.getValue()))
                .collect(Collectors.joining(" "))));
  }

  private static String shortened(NetcdfAttribute attribute) {
    Object shown = attribute.values().size() == 1 ? attribute.values().get(0) : attribute.values();
    String text = String.valueOf(shown).lines().findFirst().orElse("");
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text;
  }

  private static String dashed(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
