package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.VariableSpec;
import dev.firn.io.zarr.NodePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A file that a region job reads: a reference, never content.
 *
 * @param url where it is
 * @param indexUrl where its inventory is
 * @param init the start of the forecast
 * @param lead the lead time
 * @param variables the variables that are wanted from it
 */
public record SourceFile(
    String url, String indexUrl, Instant init, Duration lead, List<NodePath> variables) {
  /** By the start of the forecast, then the lead time. */
  static final Comparator<SourceFile> BY_TIME =
      Comparator.comparing(SourceFile::init).thenComparing(SourceFile::lead);

  /** Copies the variables. */
  public SourceFile {
    variables = List.copyOf(variables);
  }

  /** All files of a job, by append position and lead time. */
  public static List<SourceFile> of(DatasetSpec spec, RegionJob job) {
    List<SourceFile> files = new ArrayList<>();
    for (long position = job.region().start(); position < job.region().end(); position++) {
      Instant init = spec.append().at(position);
      for (Duration lead : spec.leadTimes().values()) {
        List<NodePath> variables =
            job.variables().stream()
                .filter(variable -> variable.isInSourceAt(lead))
                .map(VariableSpec::path)
                .toList();
        if (!variables.isEmpty()) {
          String url = spec.source().fileUrl(init, lead);
          files.add(new SourceFile(url, url + spec.source().indexSuffix(), init, lead, variables));
        }
      }
    }
    return files;
  }
}
