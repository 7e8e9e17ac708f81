package dev.firn.update;

import dev.firn.io.object.ByteRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides the fields of a region job into groups that are fetched together: of one file, with one
 * request as far as the server is known.
 *
 * <p>Fields are used variable by variable, and what is fetched is held until it is used. So only
 * the fields of successive variables are put together which fit, of all files, into what may be
 * held.
 */
final class FetchGroups {
  private final Requests requests;
  private final long mostBytes;
  private final List<List<FieldRef>> groups = new ArrayList<>();

  /** Which ranges of a file are read together. */
  interface Requests {
    /** Lists of the numbers of ranges. */
    List<List<Integer>> of(String url, List<ByteRange> ranges);
  }

  private FetchGroups(Requests requests, long mostBytes) {
    this.requests = requests;
    this.mostBytes = mostBytes;
  }

  /**
   * The groups, by the first use of a field in each.
   *
   * @param variables the fields of each variable, in the order of their use
   * @param mostBytes how much may be held of variables that are fetched together
   */
  static List<List<FieldRef>> of(
      Collection<List<FieldRef>> variables, Requests requests, long mostBytes) {
    FetchGroups groups = new FetchGroups(requests, mostBytes);
    groups.addAll(variables);
    return groups.groups;
  }

  private void addAll(Collection<List<FieldRef>> variables) {
    List<FieldRef> together = new ArrayList<>();
    long bytes = 0;
    for (List<FieldRef> variable : variables) {
      long more = variable.stream().mapToLong(FieldRef::bytes).sum();
      if (bytes + more > mostBytes) {
        add(together);
        together.clear();
        bytes = 0;
      }
      together.addAll(variable);
      bytes += more;
    }
    add(together);
  }

  private void add(List<FieldRef> together) {
    IdentityHashMap<FieldRef, Integer> uses = new IdentityHashMap<>();
    Map<String, List<FieldRef>> files = new LinkedHashMap<>();
    for (FieldRef ref : together) {
      uses.put(ref, uses.size());
      files.computeIfAbsent(ref.url(), url -> new ArrayList<>()).add(ref);
    }
    List<List<FieldRef>> found = new ArrayList<>();
    files.forEach((url, refs) -> found.addAll(ofFile(url, refs)));
    found.sort(Comparator.comparing(group -> uses.get(group.get(0))));
    groups.addAll(found);
  }

  /** In each group the fields are in the order of their use, as the ranges' numbers are. */
  private List<List<FieldRef>> ofFile(String url, List<FieldRef> refs) {
    if (refs.get(0).range().isEmpty()) {
      return List.of(refs); // the file is read whole, once
    }
    List<ByteRange> ranges = refs.stream().map(ref -> ref.range().orElseThrow()).toList();
    return requests.of(url, ranges).stream()
        .map(numbers -> numbers.stream().sorted().map(refs::get).toList())
        .toList();
  }
}
