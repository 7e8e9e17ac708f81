package dev.firn.dataset;

import dev.firn.fields.Deaccumulation;
import dev.firn.fields.MantissaRounding;
import dev.firn.fields.Scaling;
import dev.firn.fields.SentinelMask;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.zarr.DataType;
import dev.firn.io.zarr.FillValue;
import dev.firn.io.zarr.NodePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one variable of a dataset's definition. */
final class VariableParser {
  private enum Conversion {
    KELVIN_TO_CELSIUS
  }

  private VariableParser() {}

  /**
   * Reads a variable.
   *
   * @param files those it is found in; empty in a dataset without sources
   */
  static VariableSpec parse(NodePath path, Definition definition, Optional<SourceSpec> files) {
    Map<String, String> words = Map.of();
    List<VariableSource> sources = List.of();
    if (files.isPresent()) {
      Definition source = definition.child("source");
      words = source.optional("words", key -> source.child(key).texts()).orElse(words);
      sources = new SelectorParser(files.get()).sources(source);
    }
    return new VariableSpec(
        path,
        definition.attributes("attributes"),
        storedType(definition),
        sources,
        words,
        definition.optional("available_from", definition::instant),
        definition
            .optional("source_has_lead_0", definition::flag)
            .orElse(sources.stream().allMatch(VariableParser::isOfMoments)),
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

  private static boolean isOfMoments(VariableSource source) {
    return !(source.selector() instanceof FieldMatch match)
        || match.window() instanceof Window.Moment;
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
            definition.number("invalid_below"),
            definition
                .optional("tolerated", key -> tolerance(definition.child(key)))
                .orElse(Deaccumulation.Tolerance.USUAL)));
  }

  private static Deaccumulation.Tolerance tolerance(Definition definition) {
    Deaccumulation.Tolerance usual = Deaccumulation.Tolerance.USUAL;
    return definition.complete(
        new Deaccumulation.Tolerance(
            definition.optional("clamped", definition::number).orElse(usual.clamped()),
            definition.optional("invalid", definition::number).orElse(usual.invalid())));
  }

  private static Optional<MantissaRounding> rounding(Definition definition) {
    return definition.optional(
        "keep_mantissa_bits", key -> new MantissaRounding(definition.integer(key)));
  }
}
