package dev.firn.beam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.Template;
import dev.firn.update.KnownFiles;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The definitions of the datasets that a pipeline updates, as text: what its workers need to know
 * of the catalog.
 */
public final class Datasets implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LinkedHashMap<String, String> definitions;

  private Datasets(Map<String, String> definitions) {
    this.definitions = new LinkedHashMap<>(definitions);
  }

  /** From dataset ids to their definitions. */
  public static Datasets of(Map<String, JsonNode> definitions) {
    Map<String, String> texts = new LinkedHashMap<>();
    definitions.forEach((id, definition) -> texts.put(id, definition.toString()));
    return new Datasets(texts);
  }

  /** The source files of them all. */
  public KnownFiles knownFiles() {
    return KnownFiles.of(definitions.keySet().stream().map(id -> template(id).spec()).toList());
  }

  Template template(String id) {
    String definition = definitions.get(id);
    if (definition == null) {
      throw new ConfigurationException("Unknown dataset '" + id + "'");
    }
    try {
      return new Template(DatasetParser.parse(id, JSON.readTree(definition)));
    } catch (JsonProcessingException malformed) {
      throw new ConfigurationException(
          "Invalid dataset " + id + ": its definition is not JSON", malformed);
    }
  }
}
