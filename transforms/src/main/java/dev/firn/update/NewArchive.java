package dev.firn.update;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.ConflictException;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.RepositoryConfig;
import dev.firn.io.icechunk.RepositorySettings;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;

/** Icechunk repositories for archives that do not exist yet. */
final class NewArchive {
  /** An update rewrites the manifests of the newest shards only: it costs the same forever. */
  private static final int APPEND_SHARDS_PER_MANIFEST = 256;

  private NewArchive() {}

  /** Sees to it that there is a repository at the root of {@code store}. */
  static void create(ObjectStore store) throws IOException {
    try {
      Repository.create(store, config(), RepositorySettings.DEFAULT);
    } catch (ConflictException anotherWasFaster) {
      return;
    }
  }

  /** Manifests are split along the append dimension, the first one of all that have it. */
  private static RepositoryConfig config() {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    ArrayNode rule = manifest.putObject("splitting").putArray("split_sizes").addArray();
    ObjectNode dimension = rule.add("any_array").addArray().addObject();
    dimension.putObject("condition").put("Axis", 0);
    dimension.put("num_chunks", APPEND_SHARDS_PER_MANIFEST);
    return RepositoryConfig.DEFAULT.with("manifest", manifest);
  }
}
