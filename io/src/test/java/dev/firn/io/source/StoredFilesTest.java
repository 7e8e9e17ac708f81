package dev.firn.io.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFilesTest extends SourceFilesContract {
  @TempDir private Path directory;
  private final Transfers transfers = new Transfers();
  private final SourceFiles files =
      new FilesByUrl(HostLimits.NONE_BUT_USUAL, Logins.NONE, transfers);

  @Override
  SourceFiles files() {
    return files;
  }

  @Override
  String url(String path) {
    return "file://" + directory + "/" + path;
  }

  @Override
  String publish(String path, byte[] bytes) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Path made = Files.write(directory.resolve("made"), bytes);
    Files.move(made, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return url(path);
  }

  @Override
  void remove(String path) throws IOException {
    Files.delete(directory.resolve(path));
  }

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  @Test
  void filesAreListed() throws IOException {
    String second = publish("1981/b.nc", content);
    String first = publish("1981/a.nc", content);
    publish("1982/a.nc", content);

    assertThat(files.list(url("1981/")).keySet(), contains(first, second));
  }

  @Test
  void whatLiesBetweenRangesIsCountedAsWasted() throws IOException {
    String url = publish("a", content);
    FileVersion version = files.find(url).orElseThrow();

    files.read(url, version, List.of(new ByteRange(0, 100), new ByteRange(150, 100)));

    Transfers.Counts counts = transfers.counts();
    assertThat(counts.bytes(), equalTo(250L));
    assertThat(counts.bytesWasted(), equalTo(50L));
  }

  @Test
  void urlsWithoutAPathAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> files.find("file:///"));
    assertThrows(IllegalArgumentException.class, () -> files.find("data/a.grib2"));
  }
}
