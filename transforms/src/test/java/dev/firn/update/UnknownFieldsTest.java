package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with a field that the dataset does not know, in the place of one that it wants. */
class UnknownFieldsTest {
  private static final Duration LEAD = Duration.ofHours(9);

  @TempDir Path directory;

  /** What becomes of the rain until 9 h, of which the inventory has this line. */
  private SourceFileResult ofRainListedAs(String line) throws IOException {
    TinyModel model = new TinyModel(directory.resolve("sources"));
    model.publish(0, 0);
    Path file = model.file(0, LEAD);
    Path index = model.indexFile(0, LEAD);
    List<String> lines = Files.readString(index).lines().toList();
    int start = Integer.parseInt(lines.get(3).split(":")[1]);
    String listed = lines.get(3).replace("APCP:surface:6-9 hour acc fcst", line);
    byte[] bytes = Files.readAllBytes(file);
    int processing = octetOfProcessing(bytes, start);
    bytes[processing] = 0; // a mean: no longer what is wanted
    Files.write(file, bytes);
    Files.writeString(index, String.join("\n", lines.subList(0, 3)) + "\n" + listed + "\n");

    UpdateOutcome outcome =
        new UpdateHarness(model, directory.resolve("archive")).backfill("job", 1);

    assertThat(outcome.summary().missing().size(), equalTo(1));
    SourceFileResult result = outcome.summary().missing().get(0);
    assertThat(result.variables().stream().map(Object::toString).toList(), contains("rain"));
    return result;
  }

  /** Octet 47 of section 4 (template 4.8), of the message at {@code start}. */
  private static int octetOfProcessing(byte[] bytes, int start) {
    int section = start + 16;
    while (bytes[section + 4] != 4) {
      section += ByteBuffer.wrap(bytes).getInt(section);
    }
    assertThat(
        new String(bytes, start, 4, StandardCharsets.US_ASCII) + bytes[section + 46],
        equalTo("GRIB1"));
    return section + 46;
  }

  @Test
  void anotherIntervalThatEndsAtTheSameTimeIsSetAside() throws IOException {
    SourceFileResult rain = ofRainListedAs("APCP:surface:6-9 hour ave fcst");

    assertThat(rain.status(), equalTo(FileStatus.QUARANTINED));
    assertThat(
        rain.detail(),
        equalTo(
            "the inventory has 'APCP, surface, 6-9 hour ave fcst' in the place of"
                + " 'APCP:surface:6-9 hour acc fcst'"));
  }

  @Test
  void anotherMessageUnderTheSameNameIsSetAside() throws IOException {
    SourceFileResult rain = ofRainListedAs("APCP:surface:6-9 hour acc fcst");

    assertThat(rain.status(), equalTo(FileStatus.QUARANTINED));
    assertThat(rain.detail(), containsString("statistical interval"));
  }

  @Test
  void whatReplacesNothingIsIgnored() throws IOException {
    for (String other :
        List.of("APCP:surface:3 hour fcst", "APCP:1000 mb:6-9 hour acc fcst", "CAPE:surface:anl")) {
      assertThat(ofRainListedAs(other).status(), equalTo(FileStatus.NOT_FOUND));
    }
  }
}
