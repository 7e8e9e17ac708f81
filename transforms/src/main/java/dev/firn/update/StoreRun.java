package dev.firn.update;

/**
 * One update's business with one store.
 *
 * @param job the job name
 * @param runId the random id of the plan that counts
 * @param pinned what the store held when that plan was made
 * @param straight whether it is published in as few steps as the format allows, with nothing
 *     prepared before
 */
record StoreRun(String job, String runId, PinnedStore pinned, boolean straight) {
  StoreRole role() {
    return pinned.role();
  }
}
