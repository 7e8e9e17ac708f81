package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.Template;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;

/**
 * What the region jobs of one update share in one process.
 *
 * @param plan the update
 * @param template the dataset's
 * @param stores where shards are written
 * @param base what the primary store shows readers: published values are taken from it
 */
record JobContext(UpdatePlan plan, Template template, StoreSet stores, ArchiveView base) {

  static JobContext of(UpdatePlan plan, Template template, StoreSet stores) throws IOException {
    return new JobContext(plan, template, stores, stores.primary().view(plan.primary()));
  }

  DatasetSpec spec() {
    return template.spec();
  }

  /** Whether readers are shown the variable's values at {@code position}. */
  boolean isPublished(NodePath variable, long position) {
    return position < plan.primary().extent() && base.arrays().containsKey(variable);
  }
}
