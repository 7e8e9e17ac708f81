package dev.firn.update;

import java.util.Optional;

/**
 * What a store shows readers at one moment; in a plan, what it showed them when the update was
 * planned.
 *
 * @param role the part it plays
 * @param url the store
 * @param version the version of what it shows: the root's ETag in Zarr, the tip of {@code main} in
 *     Icechunk; empty when it holds nothing yet
 * @param extent the published length of the append dimension, 0 when it holds nothing yet
 */
public record PinnedStore(StoreRole role, String url, Optional<String> version, long extent) {
  boolean isAbsent() {
    return version.isEmpty();
  }

  String versionText() {
    return version.orElse("absent");
  }

  /** Says that the store shows {@code found} now. */
  String movedTo(PinnedStore found) {
    return "%s (%s): it was changed meanwhile: expected version %s, found %s"
        .formatted(role, url, versionText(), found.versionText());
  }
}
