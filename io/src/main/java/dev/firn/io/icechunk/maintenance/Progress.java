package dev.firn.io.icechunk.maintenance;

/** Is told how far long work is; called by many threads. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (stage, done, total) -> {};

  /**
   * Some of the work is done.
   *
   * @param stage what is being done: "read manifests"
   * @param done how many objects were
   * @param total how many there are
   */
  void at(String stage, long done, long total);
}
