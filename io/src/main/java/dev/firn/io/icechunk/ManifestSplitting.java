package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.icechunk.format.Dimension;
import dev.firn.io.icechunk.format.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The rules by which arrays get several manifests (configuration {@code manifest.splitting}, in the
 * representation of the reference implementation). A dimension is cut by the first rule that
 * matches array and dimension; one that none matches is not cut.
 */
final class ManifestSplitting {
  /** The largest number of the format: as a split size it means one part. */
  private static final long WHOLE = 0xFFFF_FFFFL;

  private final List<Rule> rules;

  private record Rule(ArrayCondition arrays, List<DimensionRule> dimensions) {}

  private record DimensionRule(DimensionCondition condition, long chunks) {}

  private interface ArrayCondition {
    boolean holds(NodePath path);
  }

  private interface DimensionCondition {
    boolean holds(int axis, Optional<String> name);
  }

  private ManifestSplitting(List<Rule> rules) {
    this.rules = rules;
  }

  /** The rules of {@code splitting}; none when it is empty. */
  static ManifestSplitting parse(JsonNode splitting, Origin origin) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : splitting.path("split_sizes")) {
      List<DimensionRule> dimensions = new ArrayList<>();
      for (JsonNode dimension : rule.path(1)) {
        dimensions.add(
            new DimensionRule(
                dimensionCondition(dimension.path("condition"), origin),
                dimension.path("num_chunks").asLong(WHOLE)));
      }
      rules.add(new Rule(arrayCondition(rule.path(0), origin), dimensions));
    }
    return new ManifestSplitting(rules);
  }

  private static ArrayCondition arrayCondition(JsonNode node, Origin origin) {
    if (node.asText().equals("any_array")) {
      return path -> true;
    }
    Map.Entry<String, JsonNode> only = onlyField(node, origin);
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "path_matches" -> pathMatches(pattern(value.path("regex"), origin));
      case "name_matches" -> nameMatches(pattern(value.path("regex"), origin));
      case "or" -> any(arrayConditions(value, origin));
      case "and" -> all(arrayConditions(value, origin));
      default -> throw new UnsupportedFeatureException("manifest split condition " + node, origin);
    };
  }

  private static ArrayCondition pathMatches(Pattern regex) {
    return path -> regex.matcher(path.value()).find();
  }

  private static ArrayCondition nameMatches(Pattern regex) {
    return path -> !path.isRoot() && regex.matcher(path.name()).find();
  }

  private static ArrayCondition any(List<ArrayCondition> conditions) {
    return path -> conditions.stream().anyMatch(condition -> condition.holds(path));
  }

  private static ArrayCondition all(List<ArrayCondition> conditions) {
    return path -> conditions.stream().allMatch(condition -> condition.holds(path));
  }

  private static List<ArrayCondition> arrayConditions(JsonNode nodes, Origin origin) {
    List<ArrayCondition> conditions = new ArrayList<>();
    nodes.forEach(node -> conditions.add(arrayCondition(node, origin)));
    return conditions;
  }

  private static DimensionCondition dimensionCondition(JsonNode node, Origin origin) {
    if (node.asText().equals("Any")) {
      return (axis, name) -> true;
    }
    Map.Entry<String, JsonNode> only = onlyField(node, origin);
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "Axis" -> isAxis(value.asInt());
      case "DimensionName" -> dimensionNameMatches(pattern(value, origin));
      default -> throw new UnsupportedFeatureException("manifest split dimension " + node, origin);
    };
  }

  private static DimensionCondition isAxis(int wanted) {
    return (axis, name) -> axis == wanted;
  }

  private static DimensionCondition dimensionNameMatches(Pattern regex) {
    return (axis, name) -> name.isPresent() && regex.matcher(name.get()).find();
  }

  private static Map.Entry<String, JsonNode> onlyField(JsonNode node, Origin origin) {
    if (node.size() != 1 || !node.isObject()) {
      throw new UnsupportedFeatureException("manifest split condition " + node, origin);
    }
    return node.fields().next();
  }

  private static Pattern pattern(JsonNode regex, Origin origin) {
    try {
      return Pattern.compile(regex.asText());
    } catch (PatternSyntaxException unknown) {
      throw new UnsupportedFeatureException("manifest split pattern " + regex, origin);
    }
  }

  /** The parts of an array. */
  ManifestSplits splits(NodePath path, List<Dimension> dimensions) {
    List<ManifestSplits.Cuts> cuts = new ArrayList<>();
    for (int axis = 0; axis < dimensions.size(); axis++) {
      Dimension dimension = dimensions.get(axis);
      long size = splitSize(path, axis, dimension.name());
      cuts.add(new ManifestSplits.Cuts(dimension.chunks(), size));
    }
    return new ManifestSplits(cuts);
  }

  private long splitSize(NodePath path, int axis, Optional<String> name) {
    for (Rule rule : rules) {
      if (rule.arrays().holds(path)) {
        for (DimensionRule dimension : rule.dimensions()) {
          if (dimension.condition().holds(axis, name)) {
            return dimension.chunks();
          }
        }
      }
    }
    return WHOLE;
  }
}
