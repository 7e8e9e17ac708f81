package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.VariableSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the variables of a dataset are divided among the jobs of one region: one group of all, or,
 * where the dataset limits the variables of a job, each source group cut into pieces of at most
 * that size.
 */
public final class VariableGroups {
  private VariableGroups() {}

  /** How many jobs a region has. Deployments derive their parallelism from it. */
  public static int variableGroupCount(DatasetSpec spec) {
    return of(spec).size();
  }

  /** Each variable by itself. */
  static List<List<VariableSpec>> single(DatasetSpec spec) {
    return spec.variables().stream().map(List::of).toList();
  }

  static List<List<VariableSpec>> of(DatasetSpec spec) {
    if (spec.maxVariablesPerJob().isEmpty()) {
      return List.of(spec.variables());
    }
    Map<String, List<VariableSpec>> sourceGroups = new LinkedHashMap<>();
    for (VariableSpec variable : spec.variables()) {
      sourceGroups.computeIfAbsent(variable.sourceGroup(), name -> new ArrayList<>()).add(variable);
    }
    int limit = spec.maxVariablesPerJob().getAsInt();
    List<List<VariableSpec>> groups = new ArrayList<>();
    for (List<VariableSpec> sourceGroup : sourceGroups.values()) {
      for (int from = 0; from < sourceGroup.size(); from += limit) {
        groups.add(sourceGroup.subList(from, Math.min(from + limit, sourceGroup.size())));
      }
    }
    return groups;
  }
}
