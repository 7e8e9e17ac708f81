package dev.firn.live;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.Template;
import dev.firn.update.ArrivedFile;
import dev.firn.update.JobFilter;
import dev.firn.update.JobName;
import dev.firn.update.StoreFormat;
import dev.firn.update.StoreLocation;
import dev.firn.update.UpdateId;
import dev.firn.update.UpdatePlanner;
import dev.firn.update.UpdateRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes updates of what has come. */
public final class LiveRequests {
  private final Template template;
  private final List<String> stores;
  private final UpdatePlanner planner;

  /**
   * Requests for one archive.
   *
   * @param stores where it is, the primary first
   */
  public LiveRequests(Template template, List<String> stores, UpdatePlanner planner) {
    this.template = template;
    this.stores = List.copyOf(stores);
    this.planner = planner;
  }

  /**
   * The part of an archive's append dimension whose updates follow each other: a region. Where a
   * store's shards are replaced in place, the whole archive.
   */
  public static String lane(DatasetSpec spec, List<String> stores, long position) {
    boolean inPlace =
        stores.stream()
            .map(url -> StoreFormat.of(StoreLocation.parse(url).name()))
            .anyMatch(format -> format.filter(StoreFormat.ZARR::equals).isPresent());
    return spec.id()
        + "/"
        + (inPlace ? "all" : Long.toString(position / spec.chunkSizes().appendShardLength()));
  }

  /** An update of some arrivals, under a name that no update has had. */
  public UpdateRequest of(List<Arrival> arrivals) throws IOException {
    AppendDimension append = template.spec().append();
    List<Instant> times =
        arrivals.stream().map(Arrival::position).distinct().sorted().map(append::at).toList();
    long last = arrivals.stream().mapToLong(Arrival::position).max().orElseThrow();
    List<ArrivedFile> files =
        arrivals.stream()
            .map(Arrival::named)
            .distinct()
            .sorted(Comparator.comparing(ArrivedFile::url))
            .toList();
    UpdateRequest unnamed =
        new UpdateRequest(
            new UpdateId(template.spec().id(), stores.get(0), ""),
            stores.subList(1, stores.size()),
            UpdateRequest.Kind.LIVE,
            new JobFilter(Optional.of(times.get(0)), append.at(last + 1), times, List.of()),
            false,
            false,
            files);
    String derived = JobName.derive(unnamed, template);
    UpdateRequest request = unnamed.withJob(derived);
    for (int number = 2; planner.isBegun(request.id()); number++) {
      request = unnamed.withJob(derived + "-" + number);
    }
    return request;
  }

  /** The update of a name. */
  public UpdateId id(String job) {
    return new UpdateId(template.spec().id(), stores.get(0), job);
  }
}
