package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.firn.dataset.SourceStep;
import dev.firn.io.object.ETag;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a published archive says of its source files. */
class LedgerTest extends ArchiveInEachFormat {
  private static final NodePath WIND = new NodePath("wind");
  private static final NodePath TEMPERATURE = new NodePath("temperature");
  private static final Duration LEAD = Duration.ofHours(6);

  /** 4 lead times of 4 variables, rain without the first. */
  private static final int FIELDS = 15;

  @BeforeEach
  void setUp() throws IOException {
    model.publish(0, 0);
  }

  private Ledger ledger() throws IOException {
    return Ledgers.published(model.template(), archive.id("any").store(), archive.opener);
  }

  private SourceStep step(long position) {
    return new SourceStep(model.init(position), LEAD, 0);
  }

  private SourceFile file(long position) {
    return new SourceFile(
        List.of(model.url(position, LEAD)), List.of(step(position)), List.of(WIND, TEMPERATURE));
  }

  private ArrivedFile arrived(LedgerEntry entry) {
    return new ArrivedFile(entry.url(), entry.version(), entry.sizeBytes(), Instant.EPOCH);
  }

  private void corruptTemperature() throws IOException {
    Path file = model.file(0, LEAD);
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] ^= 1; // "GRIB" of the first message
    Files.write(file, bytes);
  }

  @Test
  void wholeForecastIsIngestedWithUrlVersionSizeAndTimes() throws IOException {
    archive.backfill("first", 1);

    try (Ledger ledger = ledger()) {
      LedgerEntry entry = ledger.entry(WIND, step(0)).orElseThrow();
      assertThat(ledger.isKept(), is(true));
      assertThat(entry.url(), equalTo(model.url(0, LEAD)));
      assertThat(entry.sizeBytes(), equalTo(Files.size(model.file(0, LEAD))));
      assertThat(
          entry.available(),
          equalTo(Optional.of(Files.getLastModifiedTime(model.file(0, LEAD)).toInstant())));
      assertThat(ledger.knows(file(0), arrived(entry)), is(true));
      assertThat(ledger.ingested(file(0)), is(true));
      assertThat(ledger.holes(ledger.regions().get(0), Instant.now()), is(empty()));
      assertThat(
          ledger.counts(0), equalTo(Optional.of(new LedgerCounts(FIELDS, FIELDS, 0, 0, 0, 0))));
    }
  }

  @Test
  void missingFileIsAHoleOfItsFields() throws IOException {
    Files.delete(model.file(0, LEAD));

    archive.backfill("first", 1);

    try (Ledger ledger = ledger()) {
      assertThat(ledger.entry(WIND, step(0)), equalTo(Optional.empty()));
      List<SourceFile> holes = ledger.holes(ledger.regions().get(0), Instant.now());
      assertThat(holes.size(), equalTo(1));
      assertThat(holes.get(0).urls(), equalTo(List.of(model.url(0, LEAD))));
      assertThat(holes.get(0).fields(), equalTo(4));
      assertThat(
          ledger.counts(0), equalTo(Optional.of(new LedgerCounts(FIELDS, FIELDS - 4, 0, 0, 0, 0))));
    }
  }

  @Test
  void corruptFieldIsSetAsideAndItsVersionIsKnown() throws IOException {
    corruptTemperature();

    archive.backfill("first", 1);

    try (Ledger ledger = ledger()) {
      LedgerEntry bad = ledger.entry(TEMPERATURE, step(0)).orElseThrow();
      LedgerEntry good = ledger.entry(WIND, step(0)).orElseThrow();
      assertThat(bad.state(), equalTo(LedgerState.QUARANTINED));
      assertThat(good.state(), equalTo(LedgerState.INGESTED));
      assertThat(ledger.ingested(file(0)), is(false));
      assertThat(ledger.knows(file(0), arrived(bad)), is(true));
      ArrivedFile other =
          new ArrivedFile(bad.url(), Optional.of(new ETag("other")), 1, Instant.EPOCH);
      assertThat(ledger.knows(file(0), other), is(false));
      assertThat(
          ledger.holes(ledger.regions().get(0), Instant.now()).get(0).variables(),
          equalTo(List.of(TEMPERATURE)));
    }
  }

  @Test
  void whatIsPublishedStaysIngestedWhenItsReplacementIsCorrupt() throws IOException {
    archive.backfill("first", 1);
    model.publish(0, LEAD, 1);
    corruptTemperature();

    archive.update("second", 1);

    try (Ledger ledger = ledger()) {
      LedgerEntry kept = ledger.ingested(TEMPERATURE, step(0)).orElseThrow();
      LedgerEntry aside = ledger.aside(TEMPERATURE, step(0)).orElseThrow();
      assertThat(kept.version().equals(aside.version()), is(false));
      assertThat(aside.version(), equalTo(ledger.ingested(WIND, step(0)).orElseThrow().version()));
      assertThat(ledger.knows(file(0), arrived(aside)), is(true));
      assertThat(
          ledger.counts(0), equalTo(Optional.of(new LedgerCounts(FIELDS, FIELDS, 0, 0, 0, 1))));
    }
  }

  @Test
  void updateThatReadsTheSameFilesAgainKeepsTheLedger() throws IOException {
    archive.backfill("first", 1);
    String before = index();

    archive.update("second", 1);

    assertThat(index(), equalTo(before));
  }

  @Test
  void grownArchiveKeepsWhatItKnew() throws IOException {
    archive.backfill("first", 1);
    model.publish(1, 0);

    archive.update("second", 2);

    try (Ledger ledger = ledger()) {
      assertThat(ledger.extent(), equalTo(2L));
      assertThat(ledger.ingested(file(0)), is(true));
      assertThat(ledger.ingested(file(1)), is(true));
    }
  }

  @Test
  void shardsRewrittenInPlaceAreInTheLedgerToo() throws IOException {
    archive.backfill("first", 1);
    model.publish(0, LEAD, 1);
    UpdateRequest all = model.backfill(archive.id("second"), 1);

    archive.run(
        new UpdateRequest(
            all.id(), all.replicas(), all.kind(), all.filter(), true, false, List.of()));

    try (Ledger ledger = ledger()) {
      assertThat(
          ledger.entry(WIND, step(0)).orElseThrow().sizeBytes(),
          equalTo(Files.size(model.file(0, LEAD))));
      assertThat(
          ledger.entry(WIND, step(0)).orElseThrow().available(),
          equalTo(Optional.of(Files.getLastModifiedTime(model.file(0, LEAD)).toInstant())));
    }
  }

  /** The first publication is the first of its day. */
  @Test
  void zarrStoreDeletesWhatItsRootDoesNotNameAndIsOld() throws IOException {
    Path ledger = base.resolve("_internal/ledger/" + archive.primary());
    Files.createDirectories(ledger);
    Path old = Files.write(ledger.resolve("0".repeat(64) + ".json.gz"), new byte[1]);
    Path young = Files.write(ledger.resolve("1".repeat(64) + ".json.gz"), new byte[1]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

    archive.backfill("first", 1);

    assertThat(Files.exists(old), is(format.equals("icechunk"))); // gc deletes it
    assertThat(Files.exists(young), is(true));
    try (Ledger published = ledger()) {
      assertThat(published.ingested(file(0)), is(true));
    }
  }

  @Test
  void healingNamesWhatIsThereAtAVersionThatIsNotKnown() throws IOException {
    Files.delete(model.file(0, LEAD));
    archive.backfill("first", 1);
    assertThat(arrivals(false), is(empty()));

    model.publish(0, LEAD, 0);

    assertThat(arrivals(false), equalTo(List.of(model.url(0, LEAD))));
    Files.delete(model.indexFile(0, LEAD));
    assertThat(arrivals(false), is(empty()));
  }

  @Test
  void healingLooksUpIngestedFilesIfItIsTold() throws IOException {
    archive.backfill("first", 1);
    model.publish(0, LEAD, 1);

    assertThat(arrivals(false), is(empty()));
    assertThat(arrivals(true), equalTo(List.of(model.url(0, LEAD))));
  }

  private List<String> arrivals(boolean alsoIngested) throws IOException {
    try (Ledger ledger = ledger();
        Sources files = archive.sources.get()) {
      Healing healing = new Healing(model.template().spec(), ledger, files, Instant.now());
      return healing.batches(healing.holes(ledger.regions(), alsoIngested)).stream()
          .flatMap(batch -> batch.files().stream())
          .map(ArrivedFile::url)
          .toList();
    }
  }

  @Test
  void liveUpdateThatHadToSetEverythingAsideIsRemembered() throws IOException {
    archive.backfill("first", 1);
    model.publish(0, LEAD, 1);
    Path file = model.file(0, LEAD);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, (byte) 0);
    Files.write(file, bytes);
    Instant time = model.init(0);
    UpdateRequest live =
        new UpdateRequest(
            archive.id("live"),
            List.of(),
            UpdateRequest.Kind.LIVE,
            new JobFilter(
                Optional.of(time), time.plusSeconds(1), List.of(time), List.of(WIND.value())),
            false,
            false,
            List.of(new ArrivedFile(model.url(0, LEAD), Optional.empty(), 0, Instant.EPOCH)));

    UpdateOutcome outcome = archive.run(live);

    assertThat(outcome.message(), equalTo("no value changed; the ledger tells what was set aside"));
    assertThat(archive.published("wind", 0), equalTo(archive.expected("wind", 0, 0)));
    try (Ledger ledger = ledger()) {
      LedgerEntry aside = ledger.aside(WIND, step(0)).orElseThrow();
      assertThat(aside.state(), equalTo(LedgerState.QUARANTINED));
      assertThat(ledger.ingested(WIND, step(0)).isPresent(), is(true));
    }
  }

  @Test
  void archiveWithoutALedgerHasOnlyHoles() throws IOException {
    try (Ledger ledger = ledger()) {
      assertThat(ledger.isKept(), is(false));
      assertThat(ledger.entry(WIND, step(0)), equalTo(Optional.empty()));
      assertThat(ledger.regions(), is(empty()));
      assertThat(ledger.holes(new Region(0, 0, 1), Instant.now()).size(), equalTo(4));
    }
  }

  private String index() throws IOException {
    StoreLocation location = StoreLocation.parse(archive.id("any").store());
    try (ArchiveStore store = ArchiveStore.open(location, archive.opener)) {
      return store
          .view(store.state(StoreRole.PRIMARY, model.template()))
          .attribute(Ledgers.ATTRIBUTE)
          .orElseThrow();
    }
  }
}
