package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.Origin;
import dev.firn.io.icechunk.format.LocationCompression;
import dev.firn.io.icechunk.format.RepoInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of a repository, in the representation of the reference implementation. What
 * Firn does not use is kept.
 *
 * @param json the stored configuration, an object; what is missing or null has its default
 * @param origin where it was read
 */
public record RepositoryConfig(JsonNode json, Origin origin) {
  private static final int INLINE_THRESHOLD_BYTES = 512;
  private static final int ZSTD_LEVEL = 3;
  private static final int UPDATES_PER_FILE = 1000;

  /** Every value at its default. */
  public static final RepositoryConfig DEFAULT =
      new RepositoryConfig(JsonNodeFactory.instance.objectNode(), Origin.of("no configuration"));

  /**
   * A place outside of the repository that virtual chunks may refer to.
   *
   * @param name what {@code vcc://name/…} locations call it
   * @param urlPrefix what absolute locations start with; ends with a slash
   */
  public record VirtualContainer(Optional<String> name, String urlPrefix) {}

  /** Takes a copy. */
  public RepositoryConfig {
    json = json.deepCopy();
  }

  /** The configuration in a repo info file. */
  static RepositoryConfig of(RepoInfo info, RepositoryFiles files) {
    return info.config()
        .map(json -> new RepositoryConfig(json, files.origin(RepositoryFiles.REPO)))
        .orElse(DEFAULT);
  }

  /** This configuration with the value of one top-level field replaced. */
  public RepositoryConfig with(String field, JsonNode value) {
    ObjectNode changed = json.deepCopy();
    changed.set(field, value);
    return new RepositoryConfig(changed, origin);
  }

  /** Chunks of at most this many bytes are stored in the manifest. */
  public int inlineThresholdBytes() {
    return json.path("inline_chunk_threshold_bytes").asInt(INLINE_THRESHOLD_BYTES);
  }

  /** The zstd level of metadata files. */
  public int zstdLevel() {
    return json.path("compression").path("level").asInt(ZSTD_LEVEL);
  }

  /** How many updates the repo info file lists before older ones are left to its backups. */
  public int updatesPerFile() {
    return json.path("num_updates_per_repo_info_file").asInt(UPDATES_PER_FILE);
  }

  /** How locations of virtual chunks are compressed. */
  public LocationCompression locationCompression() {
    JsonNode node = json.path("manifest").path("virtual_chunk_location_compression");
    LocationCompression usual = LocationCompression.DEFAULT;
    return new LocationCompression(
        node.path("min_num_chunks").asInt(usual.minChunks()),
        node.path("dictionary_max_training_samples").asInt(usual.maxSamples()),
        node.path("dictionary_max_size_bytes").asInt(usual.maxDictionaryBytes()),
        node.path("compression_level").asInt(usual.zstdLevel()));
  }

  /** The places that virtual chunks may refer to, the longest prefix first. */
  public List<VirtualContainer> virtualContainers() {
    List<VirtualContainer> containers = new ArrayList<>();
    for (JsonNode container : json.path("virtual_chunk_containers")) {
      String prefix = container.path("url_prefix").asText();
      String name = container.path("name").asText("");
      containers.add(
          new VirtualContainer(
              name.isEmpty() ? Optional.empty() : Optional.of(name),
              prefix.endsWith("/") ? prefix : prefix + "/"));
    }
    containers.sort(
        (left, right) -> Integer.compare(right.urlPrefix().length(), left.urlPrefix().length()));
    return containers;
  }

  ManifestSplitting splitting() {
    return ManifestSplitting.parse(json.path("manifest").path("splitting"), origin);
  }
}
