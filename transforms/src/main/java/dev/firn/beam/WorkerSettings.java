package dev.firn.beam;

import dev.firn.update.Sources;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What workers need beside the datasets.
 *
 * @param firnVersion the version that runs
 * @param memoryBytes how much heap a process uses for buffers before it turns to scratch files
 * @param mirrors from a prefix of source URLs to the URL that is read instead
 */
public record WorkerSettings(String firnVersion, long memoryBytes, Map<String, String> mirrors)
    implements Serializable {

  /** Copies the mirrors, in their order. */
  public WorkerSettings {
    mirrors = new LinkedHashMap<>(mirrors);
  }

  Sources sources() {
    return new Sources(mirrors);
  }
}
