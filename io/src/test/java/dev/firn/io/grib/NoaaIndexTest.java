package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ByteRange;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoaaIndexTest {
  private static final Origin ORIGIN = Origin.of("gfs.idx");
  private static final String TEXT =
      """
      1:0:d=2026072300:PRMSL:mean sea level:anl:
      2.1:877002:d=2026072300:UGRD:10 mb:3 hour fcst:ens mean
      2.2:877002:d=2026072300:VGRD:10 mb:3 hour fcst:ens mean
      3:991364:d=202607230030:APCP:surface:0-6 hour acc fcst:ENS=+1:prob=1
      """;

  private static NoaaIndex index() {
    return NoaaIndex.parse(TEXT, ORIGIN);
  }

  @Test
  void linesAreTakenApart() {
    List<NoaaIndexEntry> entries = index().entries();

    assertThat(entries, hasSize(4));
    assertThat(
        entries.get(0),
        is(
            new NoaaIndexEntry(
                1,
                OptionalInt.empty(),
                0,
                Instant.parse("2026-07-23T00:00:00Z"),
                "PRMSL",
                "mean sea level",
                "anl",
                List.of())));
    assertThat(entries.get(1).submessage(), is(OptionalInt.of(1)));
    assertThat(entries.get(1).extra(), is(List.of("ens mean")));
    assertThat(entries.get(3).referenceTime(), is(Instant.parse("2026-07-23T00:30:00Z")));
    assertThat(entries.get(3).extra(), is(List.of("ENS=+1", "prob=1")));
  }

  @Test
  void linesMayEndInCarriageReturnsAndBeEmpty() {
    NoaaIndex index = NoaaIndex.parse("\r\n" + TEXT.replace("\n", "\r\n") + "\r\n", ORIGIN);

    assertThat(index.entries(), is(index().entries()));
    assertThat(NoaaIndex.parse("", ORIGIN).entries(), is(empty()));
  }

  @Test
  void messageEndsWhereTheNextOneBegins() {
    NoaaIndex index = index();

    assertThat(
        index.rangeOf(index.entries().get(0), OptionalLong.empty()), is(new ByteRange(0, 877002)));
  }

  @Test
  void fieldsOfOneMessageShareItsRange() {
    NoaaIndex index = index();
    ByteRange range = new ByteRange(877002, 991364 - 877002);

    assertThat(index.rangeOf(index.entries().get(1), OptionalLong.empty()), is(range));
    assertThat(index.rangeOf(index.entries().get(2), OptionalLong.of(1_000_000)), is(range));
  }

  @Test
  void lastMessageEndsWithTheFile() {
    NoaaIndex index = index();

    assertThat(
        index.rangeOf(index.entries().get(3), OptionalLong.of(1_000_000)),
        is(new ByteRange(991364, 1_000_000 - 991364)));
  }

  @Test
  void lastMessageNeedsTheSizeOfTheFile() {
    NoaaIndex index = index();

    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> index.rangeOf(index.entries().get(3), OptionalLong.empty()));

    assertThat(
        e.getMessage(),
        is(
            "Cannot tell where the last message of gfs.idx ends:"
                + " the size of its file is not known"));
  }

  @Test
  void messageBehindTheEndOfTheFileIsCorrupt() {
    NoaaIndex index = index();

    CorruptInputException e =
        assertThrows(
            CorruptInputException.class,
            () -> index.rangeOf(index.entries().get(1), OptionalLong.of(990_000)));

    assertThat(
        e.getMessage(),
        is(
            "Cannot find message 2 in gfs.idx:"
                + " it is at bytes 877002 to 991364, but the file has 990000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2:x:d=2026072300:TMP:10 mb:anl:",
        "2:10:d=2026072300:TMP:10 mb",
        "2:10:d=2026073200:TMP:10 mb:anl:",
        "2:10:2026072300:TMP:10 mb:anl:",
        "0:10:d=2026072300:TMP:10 mb:anl:",
        "2:99999999999999999999:d=2026072300:TMP:10 mb:anl:",
        "<html>"
      })
  void malformedLinesAreNamed(String line) {
    CorruptInputException e =
        assertThrows(
            CorruptInputException.class,
            () -> NoaaIndex.parse("1:0:d=2026072300:TMP:10 mb:anl:\n" + line, ORIGIN));

    assertThat(
        e.getMessage(),
        is(
            "Cannot read inventory line 2 in gfs.idx: found \""
                + line
                + "\", expected n:offset:d=YYYYMMDDHH:element:level:window:"));
  }

  @Test
  void writtenEntriesAreReadBack() {
    assertThat(NoaaIndex.format(index().entries()), is(TEXT));
  }
}
