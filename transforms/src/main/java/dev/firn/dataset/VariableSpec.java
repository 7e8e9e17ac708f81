package dev.firn.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.zarr.NodePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A data variable, along all dimensions of its dataset.
 *
 * @param path where it stands in the store
 * @param attributes those the definition gives, in its order
 * @param storedType how its values are stored
 * @param sources how its fields are found and recognised; of several ways that hold, the first that
 *     finds a field counts; none in a dataset without sources
 * @param words texts that the names of its source files are made with
 * @param availableFrom the first time of the append dimension at which sources have it
 * @param sourceHasLeadZero whether the source has a value at lead time 0
 * @param steps what happens to its values
 */
public record VariableSpec(
    NodePath path,
    ObjectNode attributes,
    StoredType storedType,
    List<VariableSource> sources,
    Map<String, String> words,
    Optional<Instant> availableFrom,
    boolean sourceHasLeadZero,
    ValueSteps steps) {
  /** Copies the sources and the words. */
  public VariableSpec {
    sources = List.copyOf(sources);
    words = Map.copyOf(words);
  }

  /** Whether a source file for {@code lead} has this variable. */
  public boolean isInSourceAt(Duration lead) {
    return sourceHasLeadZero || !lead.isZero();
  }

  /** Whether sources have this variable at {@code time} of the append dimension. */
  public boolean isAvailableAt(Instant time) {
    return availableFrom.map(first -> !time.isBefore(first)).orElse(true);
  }

  /** The ways in which files have {@code step}, the first preferred. */
  public List<VariableSource> sourcesAt(SourceStep step, Instant now) {
    return sources.stream().filter(source -> source.when().holds(step, words, now)).toList();
  }

  /** The name of its source group: variables of one group are in the same source files. */
  public String sourceGroup() {
    return String.join(
        " ",
        new TreeMap<>(words).toString(),
        availableFrom.map(Instant::toString).orElse("always"),
        sourceHasLeadZero ? "from-lead-0" : "after-lead-0");
  }
}
