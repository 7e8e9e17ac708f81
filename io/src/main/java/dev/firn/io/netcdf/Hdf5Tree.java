package dev.firn.io.netcdf;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import io.jhdf.CommittedDatatype;
import io.jhdf.HdfFile;
import io.jhdf.ObjectHeader;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import io.jhdf.links.SoftLink;
import io.jhdf.storage.HdfBackingStorage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The groups of an HDF5 file as NetCDF sees them (NetCDF-4 file format specification): datasets are
 * variables, dimension scales are dimensions too, and what only serves that is hidden.
 */
final class Hdf5Tree {
  private static final int MOST_NODES = 1 << 20;
  private static final int LONGEST_CHAIN = 16;

  private final HdfFile file;
  private final HdfBackingStorage storage;
  private final Origin origin;
  private final Hdf5Links links;
  private final Hdf5Heap heap;
  private final Hdf5Dimensions dimensions;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, String> softLinks = new HashMap<>();
  private final Map<Long, String> paths = new HashMap<>();

  /** What is in a group, by kind. */
  private record Branch(
      String path,
      long address,
      Map<String, Child> datasets,
      List<Branch> groups,
      List<String> types,
      Map<String, String> links) {

    Branch(String path, long address) {
      this(
          path,
          address,
          new LinkedHashMap<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new LinkedHashMap<>());
    }

    String child(String name) {
      return path.equals("/") ? "/" + name : path + "/" + name;
    }
  }

  /** A dataset; its attributes are read when every object has got its path. */
  private record Child(Dataset dataset, Map<String, NetcdfAttribute> attributes) {}

  Hdf5Tree(HdfFile file, Origin origin) {
    this.file = file;
    this.storage = file.getHdfBackingStorage();
    this.origin = origin;
    this.links = new Hdf5Links(file, origin);
    this.heap = new Hdf5Heap(storage, origin, paths);
    this.dimensions = new Hdf5Dimensions(paths);
  }

  NetcdfGroup root() {
    return LibraryCall.ask(
        "list groups and variables",
        origin,
        () -> {
          Branch root = branch("/", file, new LinkedHashSet<>());
          resolveLinks(root);
          readAttributes(root);
          growDimensions(root);
          return group(root);
        });
  }

  private Branch branch(String path, Group group, Set<Long> above) {
    Branch branch = new Branch(path, group.getAddress());
    above.add(group.getAddress());
    name(path, group);
    links.of(group).forEach((name, node) -> add(branch, name, node, above));
    above.remove(group.getAddress());
    return branch;
  }

  private void add(Branch branch, String name, Node node, Set<Long> above) {
    String path = branch.child(name);
    if (node instanceof ExternalLink link) {
      branch.links().put(name, link.toString());
    } else if (node instanceof SoftLink link) {
      branch.links().put(name, link.getTargetPath());
      softLinks.put(path, absolute(branch, link.getTargetPath()));
    } else if (node instanceof Dataset dataset) {
      name(path, dataset);
      branch.datasets().put(name, new Child(dataset, Map.of()));
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

  private static String absolute(Branch branch, String target) {
    String path = target.startsWith("/") ? target : branch.child(target);
    return path.replace("/./", "/").replaceAll("/+", "/");
  }

  private void name(String path, Node node) {
    nodes.put(path, node);
    paths.putIfAbsent(node.getAddress(), path);
    if (nodes.size() > MOST_NODES) {
      throw new UnsupportedFeatureException("more than " + MOST_NODES + " HDF5 objects", origin);
    }
  }

  /** A link to a dataset of the file is one more name of it; all others stay links. */
  private void resolveLinks(Branch branch) {
    for (String name : List.copyOf(branch.links().keySet())) {
      String path = branch.child(name);
      for (int left = LONGEST_CHAIN; left > 0 && softLinks.containsKey(path); left--) {
        path = softLinks.get(path);
      }
      if (nodes.get(path) instanceof Dataset dataset) {
        branch.links().remove(name);
        branch.datasets().put(name, new Child(dataset, Map.of()));
      }
    }
    branch.groups().forEach(this::resolveLinks);
  }

  private void readAttributes(Branch branch) {
    branch
        .datasets()
        .replaceAll(
            (name, child) ->
                new Child(
                    child.dataset(),
                    attributes("variable " + branch.child(name), child.dataset().getAddress())));
    branch
        .datasets()
        .forEach(
            (name, child) -> {
              if (!softLinks.containsKey(branch.child(name))) {
                dimensions.addScale(branch.path(), name, child.attributes(), child.dataset());
              }
            });
    branch.groups().forEach(this::readAttributes);
  }

  private void growDimensions(Branch branch) {
    branch
        .datasets()
        .values()
        .forEach(child -> dimensions.grow(child.attributes(), child.dataset()));
    branch.groups().forEach(this::growDimensions);
  }

  private Map<String, NetcdfAttribute> attributes(String owner, long address) {
    return new Hdf5Attributes(owner, Origin.of(origin.name(), address), storage, heap)
        .of(ObjectHeader.readObjectHeader(storage, address));
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
        attributes("group " + branch.path(), branch.address()),
        dimensions.of(branch.path()),
        variables,
        branch.groups().stream().map(this::group).toList(),
        branch.types(),
        branch.links());
  }

  private NetcdfVariable variable(Branch branch, String name, Child child) {
    String path = branch.child(Hdf5Dimensions.variableName(name));
    Dataset dataset = child.dataset();
    Origin place = Origin.of(origin.name(), dataset.getAddress());
    return LibraryCall.ask(
        "read header of variable " + path,
        place,
        () -> {
          Hdf5Header header = new Hdf5Header(path, dataset, storage, place);
          NetcdfVariable.VariableHeader shown = header.variable(dimensions, child.attributes());
          return new NetcdfVariable(shown, header.storage(heap, shown), place);
        });
  }
}
