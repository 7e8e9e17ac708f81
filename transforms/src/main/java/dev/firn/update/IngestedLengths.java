package dev.firn.update;

import dev.firn.dataset.CoordinateSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.Template;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/**
 * The ingested forecast length of every position: the longest lead time of which a file was ever
 * read, in seconds.
 */
final class IngestedLengths {
  private final Template template;
  private final double[] seconds;
  private final int perPosition;
  private final long end;

  /**
   * The lengths of an archive {@code extent} positions long, NaN until they are known.
   *
   * @param end before which position results count
   */
  IngestedLengths(Template template, int extent, long end) {
    this.template = template;
    this.seconds = template.unknownIngestedLengths(extent);
    this.perPosition = extent == 0 ? 1 : seconds.length / extent;
    this.end = end;
  }

  /** What is published, and what {@code results} add. */
  double[] of(ArchiveView published, Collection<RegionJobResult> results) throws IOException {
    addPublished(published);
    for (RegionJobResult result : results) {
      result.files().forEach(this::add);
    }
    return seconds;
  }

  private void addPublished(ArchiveView archive) throws IOException {
    Optional<NodePath> path =
        template
            .coordinate(CoordinateSpec.Values.INGESTED_FORECAST_LENGTH)
            .map(coordinate -> new NodePath(coordinate.name()));
    if (path.isPresent() && archive.arrays().containsKey(path.get())) {
      double[] published = archive.values(path.get()).toDoubles();
      System.arraycopy(published, 0, seconds, 0, Math.min(published.length, seconds.length));
    }
  }

  private void add(SourceFileResult file) {
    if (file.status() == FileStatus.SUCCEEDED && template.spec().steps().runAlongLeads()) {
      file.steps().forEach(this::add);
    }
  }

  private void add(SourceStep step) {
    long position = template.spec().steps().position(step);
    if (position >= end) {
      return;
    }
    int at = Math.toIntExact(position * perPosition) + (perPosition == 1 ? 0 : step.member());
    double lead = step.lead().toSeconds();
    seconds[at] = Double.isNaN(seconds[at]) ? lead : Math.max(seconds[at], lead);
  }
}
