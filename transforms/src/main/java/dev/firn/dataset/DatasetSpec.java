package dev.firn.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.zarr.NodePath;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One archive: its identity, shape and source. Without a source it can be described and rendered,
 * but not updated.
 *
 * @param id letters, digits and hyphens
 * @param version of the archive's structure
 * @param attributes of the root group, without id and version, in the definition's order
 * @param append the dimension it grows along, the first of every data variable
 * @param dimensions the others, in the order of the data variables
 * @param coordinates all coordinate arrays
 * @param chunkSizes how data variables are cut
 * @param sourceSpec where source files are
 * @param variables the data variables
 * @param maxVariablesPerJob the size that source groups are cut into, or none: one job takes all
 *     variables
 * @param schedule when it is usually updated
 * @param updates what an update covers
 * @param live when a stream publishes
 */
public record DatasetSpec(
    String id,
    String version,
    ObjectNode attributes,
    AppendDimension append,
    List<DimensionSpec> dimensions,
    List<CoordinateSpec> coordinates,
    ChunkSizes chunkSizes,
    Optional<SourceSpec> sourceSpec,
    List<VariableSpec> variables,
    OptionalInt maxVariablesPerJob,
    Optional<Schedule> schedule,
    UpdateRules updates,
    LiveRules live) {

  /** Copies the lists. */
  public DatasetSpec {
    dimensions = List.copyOf(dimensions);
    coordinates = List.copyOf(coordinates);
    variables = List.copyOf(variables);
  }

  /**
   * Where source files are.
   *
   * @throws ConfigurationException when the definition does not say
   */
  public SourceSpec source() {
    return sourceSpec.orElseThrow(
        () ->
            new ConfigurationException(
                "Cannot read the sources of dataset " + id + ": its definition names none"));
  }

  /** The lead times, if it is an archive of forecasts. */
  public Optional<DimensionSpec.LeadTimes> optionalLeadTimes() {
    return only(DimensionSpec.LeadTimes.class);
  }

  /**
   * The lead times.
   *
   * @throws ConfigurationException when there are none
   */
  public DimensionSpec.LeadTimes leadTimes() {
    return optionalLeadTimes()
        .orElseThrow(
            () -> new ConfigurationException("Invalid dataset " + id + ": it has no lead times"));
  }

  /** The steps of the archive. */
  public ArchiveSteps steps() {
    return new ArchiveSteps(this);
  }

  /** The members, if it is an archive of ensembles. */
  public Optional<DimensionSpec.Members> members() {
    return only(DimensionSpec.Members.class);
  }

  private <D extends DimensionSpec> Optional<D> only(Class<D> kind) {
    return dimensions.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** The dimensions between the append dimension and the grid's, in their order: often none. */
  public List<DimensionSpec> innerDimensions() {
    return dimensions.subList(0, Math.max(0, dimensions.size() - 2));
  }

  /** The rows of the grid: the last dimension but one. */
  public DimensionSpec.Axis rows() {
    return axis(dimensions.size() - 2);
  }

  /** The columns of the grid: the last dimension. */
  public DimensionSpec.Axis columns() {
    return axis(dimensions.size() - 1);
  }

  private DimensionSpec.Axis axis(int index) {
    if (index >= 0 && dimensions.get(index) instanceof DimensionSpec.Axis axis) {
      return axis;
    }
    throw new ConfigurationException(
        "Invalid dataset " + id + ": its last two dimensions are not axes of a grid");
  }

  /** A dimension other than the append dimension. */
  public Optional<DimensionSpec> dimension(String name) {
    return dimensions.stream().filter(dimension -> dimension.name().equals(name)).findFirst();
  }

  /** The variable at {@code path}. */
  public Optional<VariableSpec> variable(NodePath path) {
    return variables.stream().filter(variable -> variable.path().equals(path)).findFirst();
  }
}
