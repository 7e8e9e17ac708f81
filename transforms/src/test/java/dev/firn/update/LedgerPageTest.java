package dev.firn.update;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ETag;
import dev.firn.io.zarr.NodePath;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerPageTest {
  private static final NodePath WIND = new NodePath("wind");
  private static final Instant FIRST = Instant.parse("2026-01-01T06:00:00Z");
  private static final Instant LATER = FIRST.plusSeconds(60);
  private static final Origin ORIGIN = Origin.of("page");

  private final LedgerPage page = new LedgerPage();

  private static LedgerEntry entry(FileStatus status, String version, Instant recorded) {
    return new LedgerEntry(
        "s3://b/f",
        version.isEmpty() ? Optional.empty() : Optional.of(new ETag(version)),
        9,
        Optional.of(FIRST),
        recorded,
        status,
        status == FileStatus.SUCCEEDED ? "" : "why");
  }

  private boolean add(FileStatus status, String version, Instant recorded) {
    return page.add(WIND, 3, entry(status, version, recorded));
  }

  @Test
  void laterVersionTakesThePlaceOfTheEarlier() {
    add(FileStatus.SUCCEEDED, "1", FIRST);

    assertThat(add(FileStatus.SUCCEEDED, "2", LATER), is(true));

    assertThat(
        page.ingested(WIND, 3), equalTo(Optional.of(entry(FileStatus.SUCCEEDED, "2", LATER))));
  }

  @Test
  void sameVersionReadAgainKeepsItsTime() {
    add(FileStatus.SUCCEEDED, "1", FIRST);

    assertThat(add(FileStatus.SUCCEEDED, "1", LATER), is(false));

    assertThat(page.ingested(WIND, 3).orElseThrow().recorded(), equalTo(FIRST));
  }

  @Test
  void failureOfAnotherVersionIsKeptBesideWhatIsIngested() {
    add(FileStatus.SUCCEEDED, "1", FIRST);

    assertThat(add(FileStatus.QUARANTINED, "2", LATER), is(true));

    assertThat(page.ingested(WIND, 3).orElseThrow().version().toString(), containsString("1"));
    assertThat(page.aside(WIND, 3).orElseThrow().state(), equalTo(LedgerState.QUARANTINED));
    assertThat(page.counts(1), equalTo(new LedgerCounts(1, 1, 0, 0, 0, 1)));
  }

  @Test
  void failureToReadWhatIsIngestedAlreadyTellsNothing() {
    add(FileStatus.SUCCEEDED, "1", FIRST);

    assertThat(add(FileStatus.DOWNLOAD_FAILED, "1", LATER), is(false));
    assertThat(add(FileStatus.DOWNLOAD_FAILED, "", LATER), is(false));
    assertThat(add(FileStatus.NOT_FOUND, "", LATER), is(false));
  }

  @Test
  void ingestedVersionEndsWhatWasSetAsideBefore() {
    add(FileStatus.CORRUPT, "1", FIRST);

    assertThat(add(FileStatus.SUCCEEDED, "2", LATER), is(true));

    assertThat(page.aside(WIND, 3), equalTo(Optional.empty()));
  }

  @Test
  void judgedVersionStaysJudgedWhenItCannotBeFetchedAgain() {
    add(FileStatus.CORRUPT, "1", FIRST);

    assertThat(add(FileStatus.DOWNLOAD_FAILED, "1", LATER), is(false));
    assertThat(add(FileStatus.DOWNLOAD_FAILED, "", LATER), is(false));
    assertThat(add(FileStatus.NOT_READY, "2", LATER), is(true));

    assertThat(page.aside(WIND, 3).orElseThrow().state(), equalTo(LedgerState.ANNOUNCED));
  }

  @Test
  void fileThatIsNotThereLeavesNoTraceButOneWithoutTheFieldDoes() {
    assertThat(add(FileStatus.NOT_FOUND, "", FIRST), is(false));
    assertThat(add(FileStatus.NOT_FOUND, "1", FIRST), is(true));

    assertThat(page.counts(4), equalTo(new LedgerCounts(4, 0, 0, 1, 0, 0)));
    assertThat(page.counts(4).unheard(), equalTo(3L));
  }

  @Test
  void tagsAreComparedWithoutQuotes() {
    LedgerEntry listed = entry(FileStatus.SUCCEEDED, "\"abc\"", FIRST);

    assertThat(listed.isOf("s3://b/f", Optional.of(new ETag("abc"))), is(true));
    assertThat(listed.isOf("s3://b/f", Optional.of(new ETag("abd"))), is(false));
    assertThat(listed.isOf("s3://b/f", Optional.empty()), is(false));
    assertThat(listed.isOf("s3://b/g", Optional.of(new ETag("abc"))), is(false));
  }

  @Test
  void pageComesBackFromItsObject() {
    add(FileStatus.SUCCEEDED, "1", FIRST);
    add(FileStatus.QUARANTINED, "2", LATER);
    page.add(new NodePath("group/rain"), 7, entry(FileStatus.NOT_READY, "3", LATER));

    byte[] object = LedgerDocument.write(page, "run", 4);
    LedgerPage back = LedgerDocument.parse(object, ORIGIN);

    assertThat(LedgerDocument.write(back, "run", 4), equalTo(object));
    assertThat(back.ingested(WIND, 3), equalTo(page.ingested(WIND, 3)));
    assertThat(back.aside(WIND, 3), equalTo(page.aside(WIND, 3)));
  }

  @Test
  void damagedPageIsNamed() {
    byte[] damaged =
        """
        {"format":1,"run":"r","region":0,"files":[{"url":"u","etag":null,"bytes":0,"available":null,\
        "recorded":"2026-01-01T06:00:00Z","status":"eaten","detail":"","fields":[]}]}"""
            .getBytes(UTF_8);

    var corrupt =
        assertThrows(CorruptInputException.class, () -> LedgerDocument.parse(damaged, ORIGIN));

    assertThat(corrupt.getMessage(), containsString("Cannot read ledger page in page"));
    assertThat(corrupt.getMessage(), containsString("EATEN"));
  }

  /** 51 members in each of 85 files, of 30 variables. */
  @Test
  void pageOfAnEnsembleIsSmall() throws Exception {
    for (int lead = 0; lead < 85; lead++) {
      LedgerEntry file = entry(FileStatus.SUCCEEDED, Sha256.hex(new byte[] {(byte) lead}), FIRST);
      for (int variable = 0; variable < 30; variable++) {
        for (int member = 0; member < 51; member++) {
          page.add(new NodePath("variable_" + variable), lead * 51 + member, file);
        }
      }
    }

    byte[] object = LedgerFiles.compressed(LedgerDocument.write(page, "run", 0));

    assertThat(object.length, lessThan(8_000));
    assertThat(page.counts(130_050), equalTo(new LedgerCounts(130_050, 130_050, 0, 0, 0, 0)));
  }
}
