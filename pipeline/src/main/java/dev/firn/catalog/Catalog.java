package dev.firn.catalog;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The datasets that can be updated, by id. A definition in the user's directory takes the place of
 * a built-in one.
 */
public final class Catalog {
  private static final String INDEX = "/catalog/index.txt";
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private final Map<String, Entry> entries;

  private Catalog(Map<String, Entry> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * A dataset of the catalog.
   *
   * @param spec the dataset
   * @param definition the tree it was read from
   * @param origin the file it was read from
   */
  public record Entry(DatasetSpec spec, JsonNode definition, String origin) {}

  /** The built-in datasets, and those whose {@code *.yaml} files are in {@code directory}. */
  public static Catalog load(Optional<Path> directory) throws IOException {
    Map<String, Entry> entries = new TreeMap<>();
    for (String id : builtInIds()) {
      add(entries, builtIn(id));
    }
    if (directory.isPresent()) {
      for (Path file : yamlFiles(directory.get())) {
        try (InputStream in = Files.newInputStream(file)) {
          add(entries, read(file.toString(), in));
        }
      }
    }
    return new Catalog(entries);
  }

  private static void add(Map<String, Entry> entries, Entry entry) {
    entries.put(entry.spec().id(), entry);
  }

  private static List<String> builtInIds() throws IOException {
    try (InputStream in = resource(INDEX)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  /** A dataset that was built in, whether the index lists it or not. */
  static Entry builtIn(String id) throws IOException {
    String name = "/catalog/" + id + "/dataset.yaml";
    try (InputStream in = resource(name)) {
      return read(name, in);
    }
  }

  private static InputStream resource(String name) {
    InputStream in = Catalog.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("Firn was built without " + name);
    }
    return in;
  }

  private static List<Path> yamlFiles(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new ConfigurationException(
          "Invalid catalog directory " + directory + ": there is no such directory");
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static Entry read(String origin, InputStream in) throws IOException {
    try {
      JsonNode definition = YAML.readTree(in);
      return new Entry(DatasetParser.parse(origin, definition), definition, origin);
    } catch (JacksonException malformed) {
      String what = malformed.getOriginalMessage().lines().findFirst().orElse("no YAML");
      throw new ConfigurationException(
          "Invalid dataset " + origin + ", line " + lineOf(malformed) + ": " + what, malformed);
    }
  }

  private static int lineOf(JacksonException malformed) {
    return Math.max(1, malformed.getLocation().getLineNr());
  }

  /** All datasets, by id. */
  public Collection<Entry> entries() {
    return entries.values();
  }

  /**
   * The dataset with this id.
   *
   * @throws ConfigurationException naming those there are
   */
  public Entry entry(String id) {
    return Optional.ofNullable(entries.get(id))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "Unknown dataset '"
                        + id
                        + "': the catalog has "
                        + String.join(", ", entries.keySet())));
  }
}
