package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.icechunk.DatedStore;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.object.ClockDriftException;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Updates by what has come, which commit straight to {@code main}. */
class LivePublicationTest {
  private static final Logger LOG = System.getLogger(LivePublicationTest.class.getName());

  @TempDir Path sources;

  private final MemoryStores stores = new MemoryStores();
  private TinyModel model;
  private UpdateHarness archive;

  @BeforeEach
  void publishForecasts() throws IOException {
    model = new TinyModel(sources);
    archive = harness(stores);
    model.publish(0, 0);
    archive.backfill("first", 1);
    model.publish(1, 1);
    model.publish(2, 1);
  }

  private UpdateHarness harness(MemoryStores opener) {
    UpdateHarness harness = new UpdateHarness(model, MemoryStores.BASE);
    harness.primaryFormat = "icechunk";
    harness.opener = opener;
    return harness;
  }

  private Repository repository() throws IOException {
    return stores.repository(archive.primary()).orElseThrow();
  }

  private UpdateRequest live(long position, List<Duration> leads) {
    return model.live(archive.id("any"), position, leads);
  }

  private List<Duration> leads(int from, int to) {
    return model.template().spec().leadTimes().values().subList(from, to);
  }

  private void assertForecast(int position, int edition) throws IOException {
    for (String variable : List.of("temperature", "wind", "pressure", "rain")) {
      assertThat(
          variable + " of " + position,
          archive.published(variable, position),
          equalTo(archive.expected(variable, position, edition)));
    }
  }

  private List<UpdateOutcome> atOnce(UpdateRequest... requests) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(requests.length);
    try {
      List<Callable<UpdateOutcome>> work = new ArrayList<>();
      for (UpdateRequest request : requests) {
        work.add(() -> harness(stores).run(request));
      }
      List<UpdateOutcome> outcomes = new ArrayList<>();
      for (Future<UpdateOutcome> done : threads.invokeAll(work)) {
        outcomes.add(done.get());
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  private void assertPublished(List<UpdateOutcome> outcomes) throws IOException {
    for (UpdateOutcome outcome : outcomes) {
      assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    }
    assertThat(repository().ancestry(Version.branch("main")).size(), equalTo(2 + outcomes.size()));
    assertThat(repository().branches().keySet(), equalTo(Set.of("main")));
  }

  @Test
  void forecastsOfOneDatasetArePublishedSideBySide() throws Exception {
    List<UpdateOutcome> outcomes = atOnce(live(1, leads(0, 4)), live(2, leads(0, 4)));

    assertPublished(outcomes);
    assertThat(archive.extent(), equalTo(3L));
    assertForecast(0, 0);
    assertForecast(1, 1);
    assertForecast(2, 1);
  }

  @Test
  void partsOfOneShardArePublishedSideBySide() throws Exception {
    List<UpdateOutcome> outcomes = atOnce(live(1, leads(0, 2)), live(1, leads(2, 4)));

    assertPublished(outcomes);
    assertThat(archive.extent(), equalTo(2L));
    assertForecast(1, 1);
  }

  @Test
  void whatHasComeIsPublishedWhileABackfillRewritesOldForecasts() throws Exception {
    UpdateId id = archive.id("old");
    UpdateRequest old =
        new UpdateRequest(
            id,
            List.of(),
            UpdateRequest.Kind.BACKFILL,
            new JobFilter(Optional.empty(), model.init(1), List.of(), List.of()),
            true,
            false,
            List.of());
    model.publish(0, 1);

    List<UpdateOutcome> outcomes = atOnce(old, live(1, leads(0, 4)), live(2, leads(0, 4)));

    assertPublished(outcomes);
    assertForecast(0, 1);
    assertForecast(1, 1);
    assertForecast(2, 1);
  }

  @Test
  void commitIsOnTopOfMainAndTellsItsJobAndRun() throws IOException {
    UpdateRequest request = live(1, leads(0, 4));

    UpdateOutcome outcome = archive.run(request);

    var commit = repository().ancestry(Version.branch("main")).get(0);
    assertThat(commit.metadata().get("firn_job").textValue(), equalTo(request.id().job()));
    assertThat(commit.metadata().get("firn_run").textValue(), equalTo(outcome.runId()));
    assertThat(outcome.stores().get(0).version(), equalTo(Optional.of(commit.id().text())));
    assertThat("the name is done", archive.run(request), equalTo(outcome));
  }

  @Test
  void sameFilesHaveOneNameAndOthersAnother() {
    String name = live(1, leads(0, 4)).id().job();

    assertThat(live(1, leads(0, 4)).id().job(), equalTo(name));
    assertThat(live(1, leads(0, 3)).id().job().equals(name), equalTo(false));
    assertThat(name.startsWith("live-tiny-20260101t12-"), equalTo(true));
  }

  @Test
  void outcomesOfLiveUpdatesAreForgottenAfterADayWithOneListing() throws IOException {
    archive.run(live(1, leads(0, 4)));
    archive.run(live(2, leads(0, 4)));
    Counts counts = new Counts();
    Instant later = Instant.now().plus(Duration.ofHours(25));

    try (Journal journal = Journal.open(archive.id("another"), counts.of(stores))) {
      journal.forgetOld(later);
    }

    List<String> left =
        stores.apply(MemoryStores.BASE).list(new ObjectPath("_internal")).stream()
            .map(ObjectStat::path)
            .map(ObjectPath::value)
            .toList();
    assertThat(left, equalTo(List.of("_internal/tiny.icechunk/first/done.json")));
    assertThat(counts.made.get(WatchedStore.Verb.LIST), equalTo(1));
    assertThat(counts.made.get(WatchedStore.Verb.GET), equalTo(null));
  }

  @Test
  void hostWhoseClockIsNotTheStoresCommitsNothing() throws IOException {
    UpdateRequest request = live(1, leads(0, 4));
    MergedResults results = archive.runJobs(request);
    UpdateHarness late = harness(stores);
    late.opener = url -> new DatedStore(stores.apply(url), time -> time.plusSeconds(90));

    var drift = assertThrows(ClockDriftException.class, () -> late.publish(request.id(), results));

    assertThat(drift.getMessage(), containsString("they may differ by 60 s"));
    assertThat(archive.extent(), equalTo(1L));
    assertThat(archive.publish(request.id(), results).status(), equalTo(Status.PUBLISHED));
  }

  /** Round trips count: they are most of what a publication of few shards takes. */
  @Test
  void publicationTakesFewerRequestsThanThatOfAnUpdate() throws IOException {
    int live = requests(live(1, leads(0, 4)), "live");
    int update = requests(model.update(archive.id("update"), 3), "update");

    assertThat(live, lessThan(update));
  }

  /** The requests of planning and publication, not those of region jobs. */
  private int requests(UpdateRequest request, String what) throws IOException {
    Counts planning = new Counts();
    UpdateHarness planner = harness(stores);
    planner.opener = planning.of(stores);
    planner.plan(request);
    MergedResults results = archive.runJobs(request);
    Counts publishing = new Counts();
    UpdateHarness publisher = harness(stores);
    publisher.opener = publishing.of(stores);
    assertThat(publisher.publish(request.id(), results).status(), equalTo(Status.PUBLISHED));
    LOG.log(
        Level.INFO,
        "{0}: {1} requests to plan {2}, {3} to publish {4}",
        what,
        planning.all(),
        planning.made,
        publishing.all(),
        publishing.made);
    return planning.all() + publishing.all();
  }

  /** How many requests of which kind are made. */
  private static final class Counts implements WatchedStore.Watch {
    private final Map<WatchedStore.Verb, Integer> made = new EnumMap<>(WatchedStore.Verb.class);
    private final List<String> urls = new ArrayList<>();

    Function<String, ObjectStore> of(MemoryStores stores) {
      return url -> new WatchedStore(stores.apply(url), url, this);
    }

    @Override
    public synchronized <T> T operate(
        WatchedStore.Verb verb, String url, WatchedStore.Operation<T> operation)
        throws IOException {
      made.merge(verb, 1, Integer::sum);
      urls.add(verb + " " + url.substring(MemoryStores.BASE.length()));
      return operation.run();
    }

    synchronized int all() {
      LOG.log(Level.DEBUG, String.join("\n", urls));
      return made.values().stream().mapToInt(Integer::intValue).sum();
    }
  }
}
