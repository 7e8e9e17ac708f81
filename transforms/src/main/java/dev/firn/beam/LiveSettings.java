package dev.firn.beam;

import dev.firn.dataset.ConfigurationException;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stream needs to know beside the datasets.
 *
 * @param stores of each dataset, by its id, the primary first
 * @param lookEvery how far apart it looks for files itself
 */
public record LiveSettings(Map<String, List<String>> stores, Duration lookEvery)
    implements Serializable {
  /** Copies the stores, in their order. */
  public LiveSettings {
    LinkedHashMap<String, List<String>> copy = new LinkedHashMap<>();
    stores.forEach((dataset, urls) -> copy.put(dataset, List.copyOf(urls)));
    stores = copy;
  }

  List<String> of(String dataset) {
    List<String> urls = stores.get(dataset);
    if (urls == null) {
      throw new ConfigurationException("Unknown dataset '" + dataset + "' in the stream");
    }
    return urls;
  }
}
