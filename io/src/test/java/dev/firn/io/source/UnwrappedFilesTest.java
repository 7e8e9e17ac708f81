package dev.firn.io.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwrappedFilesTest {
  private static final int LENGTH = 400_000;

  @TempDir private Path directory;
  private final Transfers transfers = new Transfers();
  private final SourceFiles files =
      new UnwrappedFiles(new FilesByUrl(HostLimits.NONE_BUT_USUAL, Logins.NONE, transfers), LENGTH);
  private final byte[] content = WrapperTest.content(LENGTH);

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  private String publish(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
    return "file://" + directory + "/" + name;
  }

  @Test
  void contentsAreReadAtTheVersionOfTheWrappedFile() throws IOException {
    byte[] wrapped = WrapperTest.wrapped(Wrapper.GZIP, content);
    String url = publish("a.grib2.gz", wrapped);

    FileVersion version = files.find(url).orElseThrow();
    VersionedFile whole = files.get(url).orElseThrow();
    List<byte[]> parts =
        files.read(url, version, List.of(new ByteRange(LENGTH - 5, 5), new ByteRange(0, 9)));

    assertThat(version.sizeBytes(), equalTo((long) wrapped.length));
    assertThat(whole.version().isSameAs(version), equalTo(true));
    assertThat(Arrays.equals(whole.bytes(), content), equalTo(true));
    assertThat(parts.get(0), equalTo(Arrays.copyOfRange(content, LENGTH - 5, LENGTH)));
    assertThat(parts.get(1), equalTo(Arrays.copyOf(content, 9)));
  }

  @Test
  void wrappedFilesAreFetchedOnceForAllThatIsReadOfThem() throws IOException {
    byte[] wrapped = WrapperTest.wrapped(Wrapper.BZIP2, content);
    String url = publish("a.grib2.bz2", wrapped);
    FileVersion version = files.find(url).orElseThrow();

    ByteSource source = files.bytes(url, version);
    byte[] end = source.read(LENGTH - 100, 100);
    files.read(url, version, new ByteRange(70, 7));

    assertThat(source.lengthBytes(), equalTo((long) LENGTH));
    assertThat(end, equalTo(Arrays.copyOfRange(content, LENGTH - 100, LENGTH)));
    assertThat(transfers.counts().bytes(), equalTo((long) wrapped.length));
    assertThat(
        files.requests(url, List.of(new ByteRange(0, 1), new ByteRange(LENGTH - 1, 1))),
        contains(List.of(0, 1)));
  }

  @Test
  void filesThatWereReplacedAreNotReadOn() throws IOException {
    String url = publish("a.gz", WrapperTest.wrapped(Wrapper.GZIP, content));
    FileVersion version = files.find(url).orElseThrow();
    files.read(url, version, new ByteRange(0, 1));
    publish("a.gz", WrapperTest.wrapped(Wrapper.GZIP, new byte[9]));

    FileVersion later = files.find(url).orElseThrow();

    assertThat(files.read(url, later, new ByteRange(0, 9)), equalTo(new byte[9]));
    publish("a.gz", WrapperTest.wrapped(Wrapper.GZIP, new byte[8]));
    FileVersion unread = new FileVersion(later.sizeBytes() + 1, later.etag(), later.lastModified());
    assertThrows(FileChangedException.class, () -> files.bytes(url, unread));
  }

  @Test
  void brokenWrappersAreToldByUrlAndPlace() throws IOException {
    byte[] wrapped = WrapperTest.wrapped(Wrapper.GZIP, content);
    String url = publish("a.gz", Arrays.copyOf(wrapped, wrapped.length - 3));
    FileVersion version = files.find(url).orElseThrow();

    var cut = assertThrows(CorruptInputException.class, () -> files.bytes(url, version));

    assertThat(
        cut.getMessage(),
        equalTo(
            "Cannot unwrap gzip in %s at byte %d: the file ends in the middle of a member"
                .formatted(url, wrapped.length - 3)));
    assertThrows(CorruptInputException.class, () -> files.get(url));
  }

  @Test
  void rangesBeyondTheContentAreCorrupt() throws IOException {
    String url = publish("a.gz", WrapperTest.wrapped(Wrapper.GZIP, new byte[10]));
    FileVersion version = files.find(url).orElseThrow();

    var beyond =
        assertThrows(
            CorruptInputException.class, () -> files.read(url, version, new ByteRange(8, 3)));

    assertThat(
        beyond.getMessage(),
        equalTo("Cannot read 3 bytes in " + url + ", unwrapped, at byte 8: there are 10"));
  }

  @Test
  void contentsThatAreTooLongAreCorrupt() throws IOException {
    String url = publish("a.bz2", WrapperTest.wrapped(Wrapper.BZIP2, new byte[LENGTH + 1]));

    var bomb = assertThrows(CorruptInputException.class, () -> files.get(url));

    assertThat(bomb.getMessage(), containsString("more than 400000 bytes come out of it"));
  }

  @Test
  void otherFilesAreReadAsTheyAre() throws IOException {
    String url = publish("a.grib2", content);

    assertThat(Arrays.equals(files.get(url).orElseThrow().bytes(), content), equalTo(true));
    assertThat(files.list("file://" + directory + "/").keySet(), contains(url));
  }
}
