package dev.firn.io.icechunk;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.RepoStatus;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whether a repository may be changed: its status and feature flags say so. */
public final class WritePermission {
  /** The feature flags there are: everything they stand for is allowed unless one is disabled. */
  public enum Feature {
    /** Moving and renaming of nodes. */
    MOVE_NODE(3),
    /** Creation of tags. */
    CREATE_TAG(4),
    /** Deletion of tags. */
    DELETE_TAG(5);

    private final int id;

    Feature(int id) {
      this.id = id;
    }
  }

  private static final Map<Integer, Feature> KNOWN =
      Map.of(3, Feature.MOVE_NODE, 4, Feature.CREATE_TAG, 5, Feature.DELETE_TAG);

  private WritePermission() {}

  /** Throws when {@code info} may not be written to. */
  static void require(RepoInfo info, Origin origin) {
    requireKnownFlags(info, origin);
    RepoStatus status = info.status();
    if (status.availability() != RepoStatus.Availability.ONLINE) {
      throw new IllegalStateException(
          "Cannot write to "
              + origin
              + ": it is "
              + status.availability()
              + " since "
              + status.setAt()
              + status.reason().map(reason -> ", because: " + reason).orElse(""));
    }
  }

  /** Throws when {@code info} has feature flags whose meaning is not known. */
  static void requireKnownFlags(RepoInfo info, Origin origin) {
    SortedSet<Integer> unknown = new TreeSet<>(info.flags().enabled());
    unknown.addAll(info.flags().disabled());
    unknown.removeAll(KNOWN.keySet());
    if (!unknown.isEmpty()) {
      throw new UnsupportedFeatureException(
          "Icechunk feature flags " + unknown + ", therefore no writing,", origin);
    }
  }

  /** Throws when {@code feature} is disabled. */
  public static void require(RepoInfo info, Feature feature) {
    if (info.flags().disabled().contains(feature.id)) {
      throw new IllegalStateException(
          "Cannot do this: the repository's feature flag " + feature + " is disabled");
    }
  }
}
