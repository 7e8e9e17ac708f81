package dev.firn.io.icechunk.format;

import java.util.SortedSet;

/**
 * Feature flags that were set; all others have their defaults.
 *
 * @param enabled ids that are on, 0 to 65535
 * @param disabled ids that are off, 0 to 65535
 */
public record FeatureFlags(SortedSet<Integer> enabled, SortedSet<Integer> disabled) {
  /** Copies the sets. */
  public FeatureFlags {
    enabled = Sorted.of(enabled);
    disabled = Sorted.of(disabled);
    check(enabled);
    check(disabled);
  }

  private static void check(SortedSet<Integer> ids) {
    if (!ids.isEmpty() && (ids.first() < 0 || ids.last() > 0xFFFF)) {
      throw new IllegalArgumentException("Invalid feature flag ids " + ids);
    }
  }
}
