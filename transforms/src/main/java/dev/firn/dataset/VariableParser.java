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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads one variable of a dataset's definition. */
final class VariableParser {
  private enum Conversion {
    KELVIN_TO_CELSIUS
  }

  private VariableParser() {}

  static VariableSpec parse(NodePath path, Definition definition) {
    Definition source = definition.child("source");
    FieldMatch match = source.complete(match(source));
    boolean leadZero =
        definition
            .optional("source_has_lead_0", definition::flag)
            .orElse(match.window() instanceof Window.Moment);
    return new VariableSpec(
        path, definition.attributes("attributes"), match, leadZero, steps(definition));
  }

  private static FieldMatch match(Definition source) {
    return new FieldMatch(
        source.text("element"),
        source.text("level"),
        parameter(source),
        new Level(
            surface(source, "surface"),
            source.optional("second_surface", key -> surface(source, key))),
        source.has("window") ? interval(source.child("window")) : new Window.Moment(),
        source.optional("first_of_duplicates", source::flag).orElse(false));
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
    return window.complete(
        new Window.Interval(
            window.choice("statistic", Window.Statistic.class),
            window.optional("reset", window::duration)));
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
