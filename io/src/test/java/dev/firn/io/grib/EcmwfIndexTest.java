package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ByteRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcmwfIndexTest {
  private static final Origin ORIGIN = Origin.of("made.index");
  private static final String OPEN_DATA =
      "{\"domain\": \"g\", \"date\": \"20250301\", \"time\": \"0600\", \"type\": \"fc\","
          + " \"step\": \"0-24\", \"levelist\": \"100\", \"levtype\": \"pl\", \"param\": \"z\","
          + " \"_offset\": 1803199, \"_length\": 821241}";
  private static final String MARS =
      "{\"type\": \"pf\", \"param\": \"2t\", \"step\": 3, \"levtype\": \"sfc\","
          + " \"_offset\": 705336632000, \"_length\": 2076642, \"number\": 12}";

  private static List<EcmwfIndexEntry> parse(String text) {
    return EcmwfIndex.parse(text, ORIGIN);
  }

  @Test
  void lineSaysWhatAndWhere() {
    EcmwfIndexEntry entry = parse(OPEN_DATA).get(0);

    assertThat(entry.type(), is("fc"));
    assertThat(entry.param(), is("z"));
    assertThat(entry.levtype(), is("pl"));
    assertThat(entry.levelist(), is(OptionalDouble.of(100)));
    assertThat(entry.step(), is("0-24"));
    assertThat(entry.number(), is(0));
    assertThat(entry.referenceTime(), is(Optional.of(Instant.parse("2025-03-01T06:00:00Z"))));
    assertThat(entry.range(), is(new ByteRange(1803199, 821241)));
    assertThat(entry.keys().get("domain"), is("g"));
  }

  @Test
  void numbersMayBeWrittenAsNumbers() {
    EcmwfIndexEntry entry = parse("\n" + OPEN_DATA + "\n" + MARS + "\r\n").get(1);

    assertThat(entry.step(), is("3"));
    assertThat(entry.number(), is(12));
    assertThat(entry.levelist(), is(OptionalDouble.empty()));
    assertThat(entry.referenceTime(), is(Optional.empty()));
    assertThat(entry.offset(), is(705336632000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"fc\"",
        "[]",
        "7",
        "{\"type\":\"fc\",\"param\":\"z\",\"step\":0,\"levtype\":\"sfc\",\"_offset\":0}",
        "{\"type\":\"fc\",\"param\":\"z\",\"step\":0,\"levtype\":\"sfc\",\"_offset\":-1,\"_length\":9}",
        "{\"type\":\"fc\",\"param\":\"z\",\"step\":0,\"levtype\":\"sfc\",\"_offset\":0,\"_length\":0}",
        "{\"type\":\"fc\",\"param\":\"z\",\"step\":0,\"_offset\":0,\"_length\":9}",
        "{\"type\":\"fc\",\"param\":\"z\",\"step\":0,\"levtype\":\"sfc\",\"number\":\"x\","
            + "\"_offset\":0,\"_length\":9}",
        "{\"type\":\"fc\",\"param\":\"z\",\"step\":0,\"levtype\":\"sfc\",\"date\":\"2025\","
            + "\"time\":\"0\",\"_offset\":0,\"_length\":9}"
      })
  void malformedLineIsNamed(String line) {
    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> parse(OPEN_DATA + "\n" + line));

    assertThat(
        e.getMessage(),
        is(
            "Cannot read inventory line 2 in made.index: found \""
                + line
                + "\", expected JSON with type, param, levtype, step, _offset, _length"));
  }
}
