package dev.firn.benchmarks;

/**
 * What one side did while it was its turn.
 *
 * @param items values decoded, or messages read
 * @param cpuNanos CPU time of the thread that did
 */
record Turn(long items, long cpuNanos) {

  double itemsPerSecond() {
    return items * 1e9 / cpuNanos;
  }
}
