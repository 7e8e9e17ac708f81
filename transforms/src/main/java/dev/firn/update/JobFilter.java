package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.VariableSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which region jobs of an archive an update runs. Whole shards always run.
 *
 * @param start keeps regions whose last time is not before it
 * @param end keeps regions whose first time is before it
 * @param contains keeps regions that hold one of these times exactly; empty keeps all
 * @param variables keeps these variables, by name or path; empty keeps all
 */
public record JobFilter(
    Optional<Instant> start, Instant end, List<Instant> contains, List<String> variables) {
  /** Copies the lists. */
  public JobFilter {
    contains = List.copyOf(contains);
    variables = List.copyOf(variables);
  }

  boolean keeps(Region region, AppendDimension append) {
    Instant first = append.at(region.start());
    Instant last = append.at(region.end() - 1);
    return first.isBefore(end)
        && start.map(from -> !last.isBefore(from)).orElse(true)
        && (contains.isEmpty() || contains.stream().anyMatch(time -> holds(region, append, time)));
  }

  private static boolean holds(Region region, AppendDimension append, Instant time) {
    long position = append.floor(time);
    return position >= region.start()
        && position < region.end()
        && append.at(position).equals(time);
  }

  boolean keeps(VariableSpec variable) {
    return variables.isEmpty() || variables.stream().anyMatch(name -> isNamed(variable, name));
  }

  private static boolean isNamed(VariableSpec variable, String name) {
    String path = variable.path().value();
    return path.equals(name) || path.endsWith("/" + name);
  }

  /**
   * Checks that every name is a variable's.
   *
   * @throws ConfigurationException naming the first that is not
   */
  public void checkVariables(DatasetSpec spec) {
    for (String name : variables) {
      if (spec.variables().stream().noneMatch(variable -> isNamed(variable, name))) {
        throw new ConfigurationException(
            "Unknown variable '"
                + name
                + "' of "
                + spec.id()
                + ": it has "
                + String.join(
                    ", ",
                    spec.variables().stream().map(variable -> variable.path().value()).toList()));
      }
    }
  }
}
