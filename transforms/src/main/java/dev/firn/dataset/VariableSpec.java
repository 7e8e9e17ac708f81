package dev.firn.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.zarr.NodePath;
import java.time.Duration;
import java.util.Optional;

/**
 * A data variable, along all dimensions of its dataset.
 *
 * @param path where it stands in the store
 * @param attributes those the definition gives, in its order
 * @param storedType how its values are stored
 * @param fieldMatch how its fields are found and recognised, empty in a dataset without sources
 * @param sourceHasLeadZero whether the source has a value at lead time 0
 * @param steps what happens to its values
 */
public record VariableSpec(
    NodePath path,
    ObjectNode attributes,
    StoredType storedType,
    Optional<FieldMatch> fieldMatch,
    boolean sourceHasLeadZero,
    ValueSteps steps) {

  /**
   * How its fields are found and recognised.
   *
   * @throws ConfigurationException in a dataset without sources
   */
  public FieldMatch match() {
    return fieldMatch.orElseThrow(
        () -> new ConfigurationException("Cannot read variable " + path + ": it has no source"));
  }

  /** Whether a source file for {@code lead} has this variable. */
  public boolean isInSourceAt(Duration lead) {
    return sourceHasLeadZero || !lead.isZero();
  }

  /** The name of its source group: variables of one group are in the same source files. */
  public String sourceGroup() {
    return sourceHasLeadZero ? "from-lead-0" : "after-lead-0";
  }
}
