package dev.firn.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.fields.Scaling;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Reads how a variable's fields are found in source files. */
final class SelectorParser {
  private final SourceSpec files;

  SelectorParser(SourceSpec files) {
    this.files = files;
  }

  /** The one way, or each of several with the keys that they share. */
  List<VariableSource> sources(Definition source) {
    if (!source.has("any_of")) {
      return List.of(source.complete(source(source)));
    }
    List<Definition> each = source.sequence("any_of");
    Definition shared = source.without("any_of", "words");
    return each.stream().map(shared::with).map(whole -> whole.complete(source(whole))).toList();
  }

  private VariableSource source(Definition source) {
    return new VariableSource(
        SourceParser.condition(source),
        files.format() == SourceSpec.Format.NETCDF ? netcdf(source) : grib(source),
        source.optional("scale", key -> new Scaling((float) source.number(key))));
  }

  private static NetcdfMatch netcdf(Definition source) {
    return new NetcdfMatch(
        source.text("variable"),
        source.optional("attributes", key -> stated(source.attributes(key))).orElse(Map.of()),
        source.optional("transposed", source::flag).orElse(false),
        source.optional("rows_reversed", source::flag).orElse(false),
        source.optional("quality", key -> quality(source.child(key))));
  }

  private static Map<String, String> stated(ObjectNode attributes) {
    Map<String, String> stated = new TreeMap<>();
    attributes.properties().forEach(each -> stated.put(each.getKey(), each.getValue().asText()));
    return stated;
  }

  private static NetcdfMatch.Quality quality(Definition quality) {
    return quality.complete(
        new NetcdfMatch.Quality(
            quality.text("variable"),
            bits(quality, "bits"),
            quality.has("set") ? bits(quality, "set") : 0,
            quality.integer("missing")));
  }

  private static int bits(Definition definition, String key) {
    return definition.integers(key).stream().mapToInt(bit -> 1 << bit).sum();
  }

  private FieldMatch grib(Definition source) {
    return new FieldMatch(
        name(source),
        parameter(source),
        source.optional("surface", key -> level(source)),
        source.has("window") ? interval(source.child("window")) : new Window.Moment(),
        source.optional("time_within", source::duration).orElse(Duration.ZERO),
        source.optional("first_of_duplicates", source::flag).orElse(false));
  }

  private InventoryName name(Definition source) {
    return files
        .inventory()
        .map(
            listed ->
                switch (listed.kind()) {
                  case NOAA -> new InventoryName.Noaa(source.text("element"), source.text("level"));
                  case ECMWF ->
                      new InventoryName.Ecmwf(
                          source.text("param"),
                          source.text("levtype"),
                          source.has("levelist")
                              ? OptionalDouble.of(source.number("levelist"))
                              : OptionalDouble.empty());
                })
        .orElseGet(InventoryName.Unlisted::new);
  }

  private static Parameter parameter(Definition source) {
    List<Integer> numbers = source.integers("parameter");
    if (numbers.size() != 3) {
      throw source.invalid("parameter", "discipline, category and number");
    }
    return new Parameter(numbers.get(0), numbers.get(1), numbers.get(2));
  }

  private static Level level(Definition source) {
    return new Level(
        surface(source, "surface"), source.optional("second_surface", key -> surface(source, key)));
  }

  private static FixedSurface surface(Definition source, String key) {
    Definition surface = source.child(key);
    OptionalDouble value =
        surface.has("value") ? OptionalDouble.of(surface.number("value")) : OptionalDouble.empty();
    return surface.complete(new FixedSurface(surface.integer("type"), value));
  }

  private static Window interval(Definition window) {
    Window.Statistic statistic = window.choice("statistic", Window.Statistic.class);
    boolean stated = window.optional("start_as_stated", window::flag).orElse(false);
    return window.complete(
        stated
            ? new Window.Stated(statistic)
            : new Window.Interval(statistic, window.optional("reset", window::duration)));
  }
}
