package dev.firn.update;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.source.Transfers;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a publication makes of a ledger, and what it costs. */
class LedgerUpdateTest {
  private static final Logger LOG = System.getLogger(LedgerUpdateTest.class.getName());
  private static final Instant NOW = Instant.parse("2026-06-01T06:00:00Z");
  private static final int LEADS = 209;

  private final DatasetSpec spec = DatasetParser.parse("large.json", definition());
  private final MemoryStores stores = new MemoryStores();
  private final StoreLocation location = StoreLocation.parse(MemoryStores.BASE + "/large.icechunk");
  private final AtomicInteger operations = new AtomicInteger();

  private final class Counting implements WatchedStore.Watch {
    @Override
    public <T> T operate(WatchedStore.Verb verb, String url, WatchedStore.Operation<T> operation)
        throws IOException {
      operations.incrementAndGet();
      return operation.run();
    }
  }

  private ObjectStore counted(String url) {
    return new WatchedStore(stores.apply(url), url, new Counting());
  }

  /** The tiny model with as many lead times as a global forecast. */
  private static ObjectNode definition() {
    ObjectNode definition = TinyModel.definition();
    ObjectNode hours = definition.objectNode().put("from", 0).put("to", LEADS - 1).put("every", 1);
    ObjectNode leads = definition.objectNode();
    leads.putArray("hours").add(hours);
    ((ObjectNode) definition.get("dimensions")).set("lead_time", leads);
    return definition;
  }

  private UpdatePlan plan(String run, Instant now) {
    UpdateRequest request =
        new UpdateRequest(
            new UpdateId("tiny", location.url(), "job"),
            List.of(),
            UpdateRequest.Kind.UPDATE,
            new JobFilter(Optional.empty(), now, List.of(), List.of()),
            false,
            false,
            List.of());
    return new UpdatePlan(
        run, now, "test", "hash", request, 0, List.of(), true, List.of(), List.of(), Map.of());
  }

  /** The results of a region whose files were all read, but for those with a lead time. */
  private RegionJobResult result(String run, long region, int unread) {
    List<SourceFileResult> results = new ArrayList<>();
    for (SourceFile file : SourceFilePlan.of(spec, new Region(region, region, region + 1), NOW)) {
      FileStatus status =
          file.steps().get(0).lead().toHours() == unread
              ? FileStatus.CORRUPT
              : FileStatus.SUCCEEDED;
      results.add(
          new SourceFileResult(
              file.urls().get(0),
              status,
              file.steps(),
              file.variables(),
              Optional.of(new ETag(Sha256.hex(file.urls().get(0).getBytes(UTF_8)).substring(32))),
              50_000_000 + file.urls().get(0).hashCode() % 1_000_000,
              Optional.of(spec.append().at(region).plusSeconds(file.hashCode() % 3_600)),
              status == FileStatus.CORRUPT ? "it is cut" : ""));
    }
    return new RegionJobResult(
        run,
        new RegionJobKey(region, 0),
        results,
        List.of(),
        0,
        0,
        Transfers.Counts.NONE,
        StageTimes.NONE,
        List.of());
  }

  private LedgerReader reader(Optional<String> index) {
    return new LedgerReader(LedgerFiles.open(location, this::counted), index);
  }

  private LedgerChange published(
      Optional<String> index, UpdatePlan plan, long extent, RegionJobResult... results)
      throws IOException {
    LedgerChange change =
        new LedgerUpdate(spec, plan, extent, extent).of(reader(index), List.of(results));
    try (LedgerFiles files = LedgerFiles.open(location, this::counted)) {
      files.put(change);
    }
    return change;
  }

  @Test
  void addedOnceMoreTheSameResultsChangeNothing() throws IOException {
    UpdatePlan plan = plan("run", NOW);
    LedgerChange first = published(Optional.empty(), plan, 1, result("run", 0, 3));

    LedgerChange again = published(first.index(), plan, 1, result("run", 0, 3));
    LedgerChange fromTheStart = published(Optional.empty(), plan, 1, result("run", 0, 3));

    assertThat(again.index(), equalTo(first.index()));
    assertThat(again.isOfRun(), is(true));
    assertThat(again.objects().isEmpty(), is(true));
    assertThat(fromTheStart.index(), equalTo(first.index()));
  }

  @Test
  void whatLiesBeyondTheExtentIsNotRecorded() throws IOException {
    LedgerChange change =
        published(
            Optional.empty(), plan("run", NOW), 1, result("run", 0, -1), result("run", 1, -1));

    LedgerReader reader = reader(change.index());
    assertThat(reader.entry(0).isPresent(), is(true));
    assertThat(reader.entry(1).isPresent(), is(false));
  }

  @Test
  void whatWasReadForANeighbourIsRecordedThereOnly() throws IOException {
    RegionJobResult neighbour = result("run", 1, -1);
    RegionJobResult ofFirst =
        new RegionJobResult(
            "run",
            new RegionJobKey(0, 0),
            neighbour.files(),
            List.of(),
            0,
            0,
            Transfers.Counts.NONE,
            StageTimes.NONE,
            List.of());

    LedgerChange change = published(Optional.empty(), plan("run", NOW), 2, ofFirst);

    LedgerReader reader = reader(change.index());
    assertThat(reader.entry(0).orElseThrow().fields().ingested(), equalTo(0L));
    assertThat(reader.entry(1).isPresent(), is(false));
  }

  @Test
  void firstPublicationOfADayIsTold() throws IOException {
    LedgerChange first = published(Optional.empty(), plan("run", NOW), 1, result("run", 0, 3));
    LedgerChange sameDay =
        published(first.index(), plan("second", NOW.plusSeconds(60)), 1, result("second", 0, -1));
    LedgerChange nextDay =
        published(
            sameDay.index(), plan("third", NOW.plusSeconds(86_400)), 2, result("third", 1, -1));

    assertThat(first.isFirstOfDay(), is(true));
    assertThat(sameDay.isFirstOfDay(), is(false));
    assertThat(nextDay.isFirstOfDay(), is(true));
  }

  /** As after years of four forecasts a day, of 209 files each. */
  @Test
  void oneForecastMoreInALargeArchiveCostsThreeSmallObjects() throws IOException {
    Optional<String> index = archiveOf(8_000);
    operations.set(0);
    UpdatePlan plan = plan("next", NOW);

    LedgerChange change = published(index, plan, 8_001, result("next", 8_000, 3));

    long bytes =
        change.objects().values().stream()
            .mapToLong(json -> LedgerFiles.compressed(json).length)
            .sum();
    LOG.log(
        Level.INFO,
        "one forecast more: {0} objects, {1} bytes, {2} operations",
        change.objects().size(),
        bytes,
        operations.get());
    assertThat(change.objects().size(), equalTo(3));
    assertThat(bytes, lessThan(40_000L));
    assertThat("index, chapter, and three puts", operations.get(), equalTo(5));
    assertThat(
        reader(change.index()).index().counts().ingested(), equalTo(8_001L * (LEADS * 4 - 1) - 4));
  }

  /** Contents as large as those of an archive with so many regions; its pages are not there. */
  private Optional<String> archiveOf(int regions) throws IOException {
    long fields = LEADS * 4 - 1;
    LedgerCounts whole = new LedgerCounts(fields, fields, 0, 0, 0, 0);
    UpdatePlan plan = plan("first", NOW.minusSeconds(60));
    SortedMap<Long, SortedMap<Long, LedgerContents.Entry>> chapters = new TreeMap<>();
    for (long region = 0; region < regions; region++) {
      String page = Sha256.hex(Long.toString(region).getBytes(UTF_8));
      chapters
          .computeIfAbsent(LedgerContents.chapter(region), any -> new TreeMap<>())
          .put(region, new LedgerContents.Entry(page, whole));
    }
    SortedMap<String, byte[]> objects = new TreeMap<>();
    SortedMap<Long, LedgerContents.Entry> index = new TreeMap<>();
    for (Map.Entry<Long, SortedMap<Long, LedgerContents.Entry>> chapter : chapters.entrySet()) {
      LedgerContents contents = LedgerContents.EMPTY.with(chapter.getValue(), plan);
      String name = LedgerFiles.name(contents.write());
      objects.put(name, contents.write());
      index.put(chapter.getKey(), new LedgerContents.Entry(name, contents.counts()));
    }
    byte[] contents = LedgerContents.EMPTY.with(index, plan).write();
    objects.put(LedgerFiles.name(contents), contents);
    Optional<String> name = Optional.of(LedgerFiles.name(contents));
    try (LedgerFiles files = LedgerFiles.open(location, stores)) {
      files.put(new LedgerChange(name, true, false, objects));
    }
    return name;
  }

  @Test
  void oldObjectsThatNothingNamesAreDeletedAndNoOthers() throws IOException {
    LedgerChange first = published(Optional.empty(), plan("run", NOW), 1, result("run", 0, 3));
    LedgerChange second =
        published(first.index(), plan("second", NOW.plusSeconds(60)), 1, result("second", 0, -1));
    try (LedgerFiles files = LedgerFiles.open(location, this::counted)) {
      Instant later = Instant.now().plusSeconds(60);
      List<ObjectStat> all = files.list();

      long ofBoth = delete(files, later, first, second);
      long young = delete(files, Instant.EPOCH, second);
      long ofSecond = delete(files, later, second);

      assertThat(all.size(), equalTo(6));
      assertThat(ofBoth, equalTo(0L));
      assertThat(young, equalTo(0L));
      assertThat(ofSecond, equalTo(3L));
      assertThat(reader(second.index()).page(0).counts(0).ingested(), equalTo(LEADS * 4 - 1L));
    }
  }

  private static long delete(LedgerFiles files, Instant olderThan, LedgerChange... published)
      throws IOException {
    List<String> indexes = new ArrayList<>();
    for (LedgerChange change : published) {
      indexes.add(change.index().orElseThrow());
    }
    return new LedgerGarbage(files, olderThan).delete(() -> indexes, false).objects();
  }
}
