package dev.firn.dataset;

import dev.firn.fields.Deaccumulation;
import dev.firn.fields.MantissaRounding;
import dev.firn.fields.Scaling;
import dev.firn.fields.SentinelMask;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.zarr.NodePath;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads one variable of a dataset's definition. */
final class VariableParser {
  private enum Conversion {
    KELVIN_TO_CELSIUS
  }

  private VariableParser() {}

  /** A variable that is found in {@code files}. */
  static VariableSpec parse(NodePath path, Definition definition, SourceSpec files) {
    Definition source = definition.child("source");
    Map<String, String> words =
        source.optional("words", key -> words(source.child(key))).orElse(Map.of());
    Optional<Instant> availableFrom = definition.optional("available_from", definition::instant);
    List<VariableSource> sources = sources(source, files);
    boolean leadZero =
        definition
            .optional("source_has_lead_0", definition::flag)
            .orElse(sources.stream().allMatch(VariableParser::isOfMoments));
    return new VariableSpec(
        path,
        definition.attributes("attributes"),
        sources,
        words,
        availableFrom,
        leadZero,
        steps(definition));
  }

  private static boolean isOfMoments(VariableSource source) {
    return !(source.selector() instanceof FieldMatch match)
        || match.window() instanceof Window.Moment;
  }

  private static Map<String, String> words(Definition definition) {
    Map<String, String> words = new LinkedHashMap<>();
    definition.keys().forEach(word -> words.put(word, definition.text(word)));
    return definition.complete(words);
  }

  /** The one way, or each of several with the keys that they share. */
  private static List<VariableSource> sources(Definition source, SourceSpec files) {
    if (!source.has("any_of")) {
      return List.of(source.complete(source(source, files)));
    }
    List<Definition> each = source.sequence("any_of");
    Definition shared = source.without("any_of", "words");
    return each.stream()
        .map(shared::with)
        .map(whole -> whole.complete(source(whole, files)))
        .toList();
  }

  private static VariableSource source(Definition source, SourceSpec files) {
    return new VariableSource(
        SourceParser.condition(source),
        files.format() == SourceSpec.Format.NETCDF ? netcdf(source) : grib(source, files),
        source.optional("scale", key -> new Scaling((float) source.number(key))));
  }

  private static NetcdfMatch netcdf(Definition source) {
    return new NetcdfMatch(
        source.text("variable"),
        source.optional("transposed", source::flag).orElse(false),
        source.optional("rows_reversed", source::flag).orElse(false),
        source.optional("quality", key -> quality(source.child(key))));
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

  private static FieldMatch grib(Definition source, SourceSpec files) {
    return new FieldMatch(
        name(source, files.inventory()),
        parameter(source),
        new Level(
            surface(source, "surface"),
            source.optional("second_surface", key -> surface(source, key))),
        source.has("window") ? interval(source.child("window")) : new Window.Moment(),
        source.optional("first_of_duplicates", source::flag).orElse(false));
  }

  private static InventoryName name(Definition source, Optional<SourceSpec.Inventory> inventory) {
    return inventory
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

  private static ValueSteps steps(Definition definition) {
    return new ValueSteps(
        definition
            .optional("convert", key -> definition.choice(key, Conversion.class))
            .map(conversion -> UnitConversion.KELVIN_TO_CELSIUS)
            .orElse(UnitConversion.NONE),
        definition.optional(
            "missing_value", key -> new SentinelMask((float) definition.number(key))),
        definition.optional("scale", key -> new Scaling((float) definition.number(key))),
        definition.optional("deaccumulate", key -> deaccumulation(definition.child(key))),
        definition.optional("interpolate_gaps", definition::flag).orElse(false),
        rounding(definition));
  }

  private static Deaccumulation deaccumulation(Definition definition) {
    return definition.complete(
        new Deaccumulation(
            definition
                .optional("kind", key -> definition.choice(key, Deaccumulation.Kind.class))
                .orElse(Deaccumulation.Kind.ACCUMULATED),
            definition.optional("reset", definition::duration),
            definition.number("invalid_below")));
  }

  private static Optional<MantissaRounding> rounding(Definition definition) {
    return definition.optional(
        "keep_mantissa_bits", key -> new MantissaRounding(definition.integer(key)));
  }
}
