package dev.firn.update;

import dev.firn.dataset.ArchiveSteps;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.NamedSteps;
import dev.firn.dataset.SourceNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tells which files of which datasets a URL is of. A name is taken apart to see which steps it may
 * be for, and known when the {@link SourceFilePlan} of these steps has it: it is never guessed.
 * Safe for use by many threads.
 */
public final class KnownFiles {
  private final List<OfDataset> datasets;

  private KnownFiles(List<OfDataset> datasets) {
    this.datasets = datasets;
  }

  /**
   * The files of some datasets.
   *
   * @throws ConfigurationException when a dataset has no sources, or files whose names do not tell
   *     times
   */
  public static KnownFiles of(Collection<DatasetSpec> specs) {
    return new KnownFiles(specs.stream().map(OfDataset::new).toList());
  }

  /**
   * What the file at {@code url} is: often nothing, and several things where datasets share it, or
   * where it has values for several positions, or where some variables would take it only when
   * another is missing.
   *
   * @param url as datasets name it, whatever mirror it is read from; an object on S3 also as {@code
   *     s3://bucket/key} where a dataset names it by {@code https:}
   * @param now some files are looked for only while they are new, or not before they are old
   */
  public List<KnownFile> find(String url, Instant now) {
    String same = SourceNames.sameForAll(url);
    List<KnownFile> found = new ArrayList<>();
    for (OfDataset dataset : datasets) {
      dataset.find(same, now, found);
    }
    return found;
  }

  /** Those of one dataset. */
  private static final class OfDataset {
    private final DatasetSpec spec;
    private final SourceNames names;
    private final ArchiveSteps steps;

    OfDataset(DatasetSpec spec) {
      this.spec = spec;
      this.names = SourceNames.of(spec);
      this.steps = spec.steps();
    }

    void find(String url, Instant now, List<KnownFile> found) {
      find(url, now, false, found);
      spec.source()
          .inventory()
          .ifPresent(
              inventory -> inventory.filesOf(url).forEach(file -> find(file, now, true, found)));
    }

    private void find(String url, Instant now, boolean isInventory, List<KnownFile> found) {
      List<NamedSteps> readings = names.read(url);
      if (readings.isEmpty()) {
        return; // as for most that is announced
      }
      SourceFilePlan plan = new SourceFilePlan(spec, now);
      readings.stream()
          .flatMapToLong(steps::positions)
          .distinct()
          .sorted()
          .forEach(
              position ->
                  plan.at(position, readings).stream()
                      .filter(file -> isAt(file, url))
                      .map(file -> new KnownFile(spec.id(), position, file, isInventory))
                      .forEach(found::add));
    }

    private static boolean isAt(SourceFile file, String url) {
      return file.urls().stream()
          .map(SourceNames::sameForAll)
          .anyMatch(
              place ->
                  place.indexOf('*') < 0
                      ? place.equals(url)
                      : SourceListings.pattern(place).matcher(url).matches());
    }
  }
}
