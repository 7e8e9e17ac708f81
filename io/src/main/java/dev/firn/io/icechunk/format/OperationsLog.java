package dev.firn.io.icechunk.format;

import java.util.List;
import java.util.Optional;

/**
 * What was done to a repository.
 *
 * @param updates the latest operations, newest first
 * @param before the name, below {@code overwritten/}, of the repo info file that has what came
 *     before them
 */
public record OperationsLog(List<Update> updates, Optional<String> before) {
  /** Copies the list. */
  public OperationsLog {
    updates = List.copyOf(updates);
  }
}
