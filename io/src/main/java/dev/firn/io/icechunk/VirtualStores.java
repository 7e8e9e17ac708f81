package dev.firn.io.icechunk;

import dev.firn.io.object.ObjectStore;
import java.util.Map;
import java.util.Optional;

/**
 * The places outside of a repository that its user authorises to read: a virtual chunk is read only
 * when its location is in a container of the repository's configuration and there is a store here
 * for that container's prefix.
 */
@FunctionalInterface
public interface VirtualStores {
  /** No place. */
  VirtualStores NONE = prefix -> Optional.empty();

  /** The store whose root is {@code urlPrefix}, which ends with a slash; empty: not authorised. */
  Optional<ObjectStore> store(String urlPrefix);

  /** These stores, by the prefixes that are their roots; the caller's to close. */
  static VirtualStores of(Map<String, ObjectStore> stores) {
    Map<String, ObjectStore> copy = Map.copyOf(stores);
    return prefix -> Optional.ofNullable(copy.get(prefix));
  }
}
