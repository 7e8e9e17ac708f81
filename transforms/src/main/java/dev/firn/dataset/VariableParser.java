package dev.firn.dataset;

import dev.firn.fields.Deaccumulation;
import dev.firn.fields.MantissaRounding;
import dev.firn.fields.Scaling;
import dev.firn.fields.SentinelMask;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.zarr.DataType;
import dev.firn.io.zarr.FillValue;
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

  /**
   * Reads a variable.
   *
   * @param sourced whether the dataset has sources, so that the variable must say how it is found
   */
  static VariableSpec parse(NodePath path, Definition definition, boolean sourced) {
    Optional<FieldMatch> match = Optional.empty();
    if (sourced) {
      Definition source = definition.child("source");
      match = Optional.of(source.complete(match(source)));
    }
    boolean moment = match.map(found -> found.window() instanceof Window.Moment).orElse(true);
    return new VariableSpec(
        path,
        definition.attributes("attributes"),
        storedType(definition),
        match,
        definition.optional("source_has_lead_0", definition::flag).orElse(moment),
        steps(definition));
  }

  private static StoredType storedType(Definition definition) {
    DataType type =
        definition
            .optional("dtype", definition::text)
            .map(DataType::parse)
            .orElse(DataType.FLOAT32);
    if (!definition.has("fill_value")) {
      return type.equals(DataType.FLOAT32)
          ? StoredType.FLOAT32
          : new StoredType(type, FillValue.zero(type));
    }
    return new StoredType(
        type,
        type.equals(DataType.FLOAT32)
            ? FillValue.of(type, definition.number("fill_value"))
            : FillValue.of(type, definition.integer("fill_value")));
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
