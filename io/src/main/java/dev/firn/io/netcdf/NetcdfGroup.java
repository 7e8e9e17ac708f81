package dev.firn.io.netcdf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A group: the root of a file, or one below it. Everything that a file has in it is in one of these
 * lists.
 *
 * @param path {@code /} for the root
 * @param types names of types that were given one
 * @param links names of links whose target is not in this file or not there, or is a group that
 *     this one is in; and that target
 */
public record NetcdfGroup(
    String path,
    Map<String, NetcdfAttribute> attributes,
    List<NetcdfDimension> dimensions,
    List<NetcdfVariable> variables,
    List<NetcdfGroup> groups,
    List<String> types,
    Map<String, String> links) {

  /** Copies the lists; maps keep their order. */
  public NetcdfGroup {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    dimensions = List.copyOf(dimensions);
    variables = List.copyOf(variables);
    groups = List.copyOf(groups);
    types = List.copyOf(types);
    links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
  }

  /** This group and all below it, each before those in it. */
  public Stream<NetcdfGroup> walk() {
    return Stream.concat(Stream.of(this), groups.stream().flatMap(NetcdfGroup::walk));
  }

  /** The variable of a path, {@code /group/name}; the leading slash may be left out. */
  public Optional<NetcdfVariable> variable(String name) {
    String wanted = name.startsWith("/") ? name : "/" + name;
    return walk()
        .flatMap(group -> group.variables().stream())
        .filter(variable -> variable.path().equals(wanted))
        .findFirst();
  }
}
