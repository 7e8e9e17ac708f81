package dev.firn.io.netcdf;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import io.jhdf.CommittedDatatype;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.jhdf.links.ExternalLink;
import io.jhdf.links.SoftLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The groups of an HDF5 file as NetCDF sees them (NetCDF-4 file format specification): datasets are
 * variables, dimension scales are dimensions too, and what only serves that is hidden.
 */
final class Hdf5Tree {
  private static final int MOST_NODES = 1 << 20;

  private final HdfFile file;
  private final Origin origin;
  private final Map<Long, String> paths = new HashMap<>();
  private final Hdf5Dimensions dimensions;
  private final Hdf5Heap heap;

  /** What is in a group, by kind, before dimensions are known. */
  private record Branch(
      String path,
      Map<String, NetcdfAttribute> attributes,
      Map<String, Child> datasets,
      List<Branch> groups,
      List<String> types,
      Map<String, String> links) {}

  private record Child(Dataset dataset, Map<String, NetcdfAttribute> attributes) {}

  Hdf5Tree(HdfFile file, Origin origin) {
    this.file = file;
    this.origin = origin;
    this.heap = new Hdf5Heap(file.getHdfBackingStorage(), origin, paths);
    this.dimensions = new Hdf5Dimensions();
  }

  NetcdfGroup root() {
    Branch root =
        LibraryCall.ask(
            "list groups and variables", origin, () -> branch("/", file, new LinkedHashSet<>()));
    collectDimensions(root);
    return group(root);
  }

  private Branch branch(String path, Group group, Set<Long> above) {
    above.add(group.getAddress());
    name(group.getAddress(), path);
    Branch branch =
        new Branch(
            path,
            new Hdf5Attributes("group " + path, origin, heap).of(group),
            new LinkedHashMap<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new LinkedHashMap<>());
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      add(branch, group, child, above);
    }
    above.remove(group.getAddress());
    return branch;
  }

  private void add(Branch branch, Group group, Map.Entry<String, Node> child, Set<Long> above) {
    String name = child.getKey();
    String path = branch.path().equals("/") ? "/" + name : branch.path() + "/" + name;
    Optional<Node> target = target(branch, group, child);
    if (target.isEmpty()) {
      return;
    }
    Node node = target.get();
    if (node instanceof Dataset dataset) {
      name(dataset.getAddress(), path);
      Hdf5Attributes reader = new Hdf5Attributes("variable " + path, place(dataset), heap);
      branch.datasets().put(name, new Child(dataset, reader.of(dataset)));
    } else if (node instanceof CommittedDatatype) {
      branch.types().add(name);
    } else if (node instanceof Group below) {
      if (above.contains(below.getAddress())) {
        branch.links().put(name, String.valueOf(paths.get(below.getAddress())));
      } else {
        branch.groups().add(branch(path, below, above));
      }
    } else {
      throw new UnsupportedFeatureException("HDF5 object " + path, origin);
    }
  }

  /** What a name in a group stands for; empty for a link that leads nowhere, which is noted. */
  private Optional<Node> target(Branch branch, Group group, Map.Entry<String, Node> child) {
    if (child.getValue() instanceof ExternalLink link) {
      branch.links().put(child.getKey(), link.toString());
      return Optional.empty();
    }
    if (!(child.getValue() instanceof SoftLink link)) {
      return Optional.of(child.getValue());
    }
    String target = link.getTargetPath();
    try {
      Node node = target.startsWith("/") ? file.getByPath(target) : group.getByPath(target);
      if (node instanceof Dataset || node instanceof Group) {
        return Optional.of(node);
      }
    } catch (HdfException | StackOverflowError leadsNowhere) {
      branch.links().put(child.getKey(), target);
      return Optional.empty();
    }
    branch.links().put(child.getKey(), target);
    return Optional.empty();
  }

  private void name(long address, String path) {
    paths.putIfAbsent(address, path);
    if (paths.size() > MOST_NODES) {
      throw new UnsupportedFeatureException("more than " + MOST_NODES + " HDF5 objects", origin);
    }
  }

  private void collectDimensions(Branch branch) {
    branch
        .datasets()
        .forEach(
            (name, child) ->
                dimensions.addScale(branch.path(), name, child.attributes(), child.dataset()));
    branch.groups().forEach(this::collectDimensions);
  }

  private NetcdfGroup group(Branch branch) {
    List<NetcdfVariable> variables = new ArrayList<>();
    branch
        .datasets()
        .forEach(
            (name, child) -> {
              if (!Hdf5Dimensions.isOnlyDimension(child.attributes())) {
                variables.add(variable(branch, name, child));
              }
            });
    return new NetcdfGroup(
        branch.path(),
        branch.attributes(),
        dimensions.of(branch.path()),
        variables,
        branch.groups().stream().map(this::group).toList(),
        branch.types(),
        branch.links());
  }

  private NetcdfVariable variable(Branch branch, String name, Child child) {
    String shown = Hdf5Dimensions.variableName(name);
    String path = branch.path().equals("/") ? "/" + shown : branch.path() + "/" + shown;
    Dataset dataset = child.dataset();
    Origin place = place(dataset);
    return LibraryCall.ask(
        "read header of variable " + path,
        place,
        () -> {
          Hdf5Header header = new Hdf5Header(path, dataset, file.getHdfBackingStorage(), place);
          return new NetcdfVariable(
              header.variable(dimensions, child.attributes()), header.storage(heap), place);
        });
  }

  private Origin place(Node node) {
    return Origin.of(origin.name(), node.getAddress());
  }
}
