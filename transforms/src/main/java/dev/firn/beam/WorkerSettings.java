package dev.firn.beam;

import dev.firn.checkin.CheckIns;
import dev.firn.update.MemoryBudget;
import dev.firn.update.Sources;
import dev.firn.update.UpdateMonitor;
import java.io.Serializable;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What workers need beside the datasets.
 *
 * @param firnVersion the version that runs
 * @param memoryBytes how much heap a process uses for buffers before it turns to scratch files, or
 *     {@link #HALF_OF_THE_HEAP}
 * @param mirrors from a prefix of source URLs to the URL that is read instead
 * @param checkIns the URLs that are told when an update begins and how it ends, as {@link CheckIns}
 *     takes them
 */
public record WorkerSettings(
    String firnVersion, long memoryBytes, Map<String, String> mirrors, List<String> checkIns)
    implements Serializable {

  /** Half of the heap of the process that works, whatever machine it is on. */
  public static final long HALF_OF_THE_HEAP = 0;

  /** Copies the mirrors, in their order, and the URLs. */
  public WorkerSettings {
    mirrors = new LinkedHashMap<>(mirrors);
    checkIns = List.copyOf(checkIns);
  }

  /** The heap that all jobs of this process share. */
  public MemoryBudget budget() {
    return MemoryBudget.ofProcess(
        memoryBytes == HALF_OF_THE_HEAP ? Runtime.getRuntime().maxMemory() / 2 : memoryBytes);
  }

  /** Who tells how updates go. */
  public UpdateMonitor monitor() {
    return new UpdateMonitor(CheckIns.to(checkIns), Clock.systemUTC());
  }

  /** Sources with these mirrors, to be closed by the caller. */
  public Sources sources() {
    return new Sources(mirrors);
  }
}
