package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.Template;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.util.SortedMap;

/**
 * What the region jobs of one update share in one process.
 *
 * @param plan the update
 * @param template the dataset's
 * @param archive the primary store
 * @param publishedArrays what the store shows readers
 */
record JobContext(
    UpdatePlan plan,
    Template template,
    ArchiveStore archive,
    SortedMap<NodePath, ArrayMetadata> publishedArrays) {

  static JobContext of(UpdatePlan plan, Template template, ArchiveStore archive)
      throws IOException {
    return new JobContext(plan, template, archive, archive.arrays());
  }

  DatasetSpec spec() {
    return template.spec();
  }

  /** Whether readers are shown the variable's values at {@code position}. */
  boolean isPublished(NodePath variable, long position) {
    return position < plan.primary().extent() && publishedArrays.containsKey(variable);
  }
}
