package dev.firn.update;

/**
 * One update's business with one store.
 *
 * @param job the job name
 * @param runId the random id of the plan that counts
 * @param pinned what the store held when that plan was made
 */
record StoreRun(String job, String runId, PinnedStore pinned) {
  StoreRole role() {
    return pinned.role();
  }
}
