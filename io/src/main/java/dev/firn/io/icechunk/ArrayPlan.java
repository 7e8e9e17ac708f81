package dev.firn.io.icechunk;

import dev.firn.io.icechunk.Extents.Overlap;
import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.ManifestRef;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What becomes of the manifests of an array at a commit. A part with changes gets one new manifest;
 * a manifest inside of a part without changes is kept; one that is not inside of one part, because
 * the rules or the shape changed, is cut along the parts.
 *
 * @param kept manifests that stay
 * @param changed the new manifest of each part with changes
 * @param cut new manifests of what former ones have in parts without changes
 */
record ArrayPlan(
    List<ManifestRef> kept, SortedMap<Long, ManifestJob> changed, List<ManifestJob> cut) {

  /**
   * Makes the plan.
   *
   * @param array as it will be, with the manifests it has
   * @param splits the parts of its chunks
   * @param parts those with changes
   */
  static ArrayPlan of(
      ArrayNode array, ManifestSplits splits, SortedSet<Long> parts, RepositoryConfig config) {
    List<ManifestRef> kept = new ArrayList<>();
    List<ManifestJob> cut = new ArrayList<>();
    SortedMap<Long, List<ManifestId>> previous = new TreeMap<>();
    for (Long part : parts) {
      previous.put(part, new ArrayList<>());
    }
    for (ManifestRef manifest : array.manifests()) {
      Extents box = new Extents(manifest.extents());
      for (long part : splits.partsOf(box)) {
        Extents extents = splits.extents(part);
        if (previous.containsKey(part)) {
          previous.get(part).add(manifest.id());
        } else if (box.within(extents) == Overlap.COMPLETE) {
          kept.add(manifest);
        } else {
          cut.add(job(array, extents, List.of(manifest.id()), config));
        }
      }
    }
    SortedMap<Long, ManifestJob> changed = new TreeMap<>();
    for (Map.Entry<Long, List<ManifestId>> part : previous.entrySet()) {
      Extents extents = splits.extents(part.getKey());
      changed.put(part.getKey(), job(array, extents, part.getValue(), config));
    }
    return new ArrayPlan(kept, changed, cut);
  }

  private static ManifestJob job(
      ArrayNode array, Extents part, List<ManifestId> previous, RepositoryConfig config) {
    return new ManifestJob(
        array.id(), part.ranges(), previous, config.locationCompression(), config.zstdLevel());
  }
}
