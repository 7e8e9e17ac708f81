package dev.firn.io.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of source files wherever they are. */
abstract class SourceFilesContract {
  final byte[] content = bytes(1, 700_000);

  /** The files under test. */
  abstract SourceFiles files();

  /** Publishes a file at {@code path}, in place of what is there, and says its URL. */
  abstract String publish(String path, byte[] bytes) throws IOException;

  /** Takes a file away. */
  abstract void remove(String path) throws IOException;

  /** The URL of a path. */
  abstract String url(String path);

  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void filesThatAreNotThereAreAbsent() throws IOException {
    assertThat(files().find(url("2026/none.grib2")), equalTo(Optional.empty()));
    assertThat(files().get(url("2026/none.grib2")), equalTo(Optional.empty()));
  }

  @Test
  void wholeFilesComeWithTheirVersion() throws IOException {
    String url = publish("2026/a.grib2", content);

    VersionedFile whole = files().get(url).orElseThrow();

    assertThat(Arrays.equals(whole.bytes(), content), equalTo(true));
    assertThat(whole.version().sizeBytes(), equalTo((long) content.length));
    assertThat(whole.version().isSameAs(files().find(url).orElseThrow()), equalTo(true));
  }

  @Test
  void emptyFilesAreFound() throws IOException {
    String url = publish("2026/empty", new byte[0]);

    assertThat(files().find(url).orElseThrow().sizeBytes(), equalTo(0L));
    assertThat(files().get(url).orElseThrow().bytes().length, equalTo(0));
  }

  @Test
  void rangesComeInTheOrderTheyWereAskedIn() throws IOException {
    String url = publish("2026/b.grib2", content);
    FileVersion version = files().find(url).orElseThrow();
    List<ByteRange> ranges =
        List.of(
            new ByteRange(690_000, 10_000),
            new ByteRange(0, 10),
            new ByteRange(5, 20),
            new ByteRange(300, 0),
            new ByteRange(2000, 100));

    List<byte[]> parts = files().read(url, version, ranges);

    assertThat(parts.size(), equalTo(ranges.size()));
    for (int i = 0; i < ranges.size(); i++) {
      ByteRange range = ranges.get(i);
      byte[] expected = Arrays.copyOfRange(content, (int) range.offset(), (int) range.end());
      assertThat(range.toString(), Arrays.equals(parts.get(i), expected), equalTo(true));
    }
  }

  @Test
  void filesThatWereReplacedAreNotReadOn() throws IOException {
    String url = publish("2026/c.grib2", content);
    FileVersion version = files().find(url).orElseThrow();
    publish("2026/c.grib2", bytes(2, content.length));

    FileChangedException changed =
        assertThrows(
            FileChangedException.class, () -> files().read(url, version, new ByteRange(0, 10)));

    assertThat(changed.getMessage(), containsString(url));
    assertThat(files().find(url).orElseThrow().isSameAs(version), equalTo(false));
  }

  @Test
  void filesThatHaveGrownOrShrunkAreNotReadOn() throws IOException {
    String url = publish("2026/d.grib2", content);
    FileVersion version = files().find(url).orElseThrow();
    ByteRange end = new ByteRange(content.length - 10, 10);

    publish("2026/d.grib2", Arrays.copyOf(content, content.length + 100));
    assertThrows(FileChangedException.class, () -> files().read(url, version, end));

    publish("2026/d.grib2", Arrays.copyOf(content, content.length / 2));
    assertThrows(FileChangedException.class, () -> files().read(url, version, end));
  }

  @Test
  void filesThatWereRemovedAreNotReadOn() throws IOException {
    String url = publish("2026/e.grib2", content);
    FileVersion version = files().find(url).orElseThrow();
    remove("2026/e.grib2");

    FileChangedException gone =
        assertThrows(
            FileChangedException.class, () -> files().read(url, version, new ByteRange(0, 10)));

    assertThat(gone.getMessage(), containsString("gone"));
  }
}
