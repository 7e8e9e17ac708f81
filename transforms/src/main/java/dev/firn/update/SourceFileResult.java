package dev.firn.update;

import dev.firn.io.object.ETag;
import dev.firn.io.zarr.NodePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one source file ended for some of the variables wanted from it. A file of which one variable
 * failed has two results.
 *
 * @param url where it is
 * @param init the start of the forecast it belongs to
 * @param lead its lead time
 * @param status how it ended
 * @param variables for which variables
 * @param version the version that was read, if it was found
 * @param sizeBytes its size, 0 if it was not found
 * @param detail what went wrong, empty when nothing did
 */
public record SourceFileResult(
    String url,
    Instant init,
    Duration lead,
    FileStatus status,
    List<NodePath> variables,
    Optional<ETag> version,
    long sizeBytes,
    String detail) {
  /** Copies the variables. */
  public SourceFileResult {
    variables = List.copyOf(variables);
  }
}
