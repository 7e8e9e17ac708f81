package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileVersion;
import dev.firn.io.source.HostLimits;
import dev.firn.io.source.Transfers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  @TempDir Path directory;

  @Test
  void mirroredPrefixIsReadFromItsMirror() throws IOException {
    Files.createDirectories(directory.resolve("a"));
    Files.write(directory.resolve("a/b.grib2"), new byte[] {1, 2, 3});
    try (Sources sources = new Sources(Map.of("s3://bucket", "file://" + directory))) {

      FileVersion version = sources.find("s3://bucket/a/b.grib2").orElseThrow();
      byte[] range =
          sources.read("s3://bucket/a/b.grib2", version, List.of(new ByteRange(1, 2))).get(0);

      assertThat(range, equalTo(new byte[] {2, 3}));
      assertThat(sources.find("s3://bucket/none").isPresent(), equalTo(false));
    }
  }

  @Test
  void wrappedFilesAreReadAsWhatIsInThem() throws IOException {
    Path file = directory.resolve("a.grib2.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(new byte[] {1, 2, 3});
    }
    try (Sources sources = new Sources(Map.of("s3://bucket", "file://" + directory))) {
      String url = "s3://bucket/a.grib2.gz";
      FileVersion version = sources.find(url).orElseThrow();

      assertThat(sources.bytes(url, version).lengthBytes(), equalTo(3L));
      assertThat(sources.get(url).orElseThrow().bytes(), equalTo(new byte[] {1, 2, 3}));
    }
  }

  @Test
  void patienceIsANumberOfSeconds() {
    var invalid =
        assertThrows(
            ConfigurationException.class,
            () ->
                Sources.files(
                    HostLimits.NONE_BUT_USUAL,
                    name ->
                        Optional.of("soon")
                            .filter(any -> name.equals("FIRN_HTTP_PATIENCE_SECONDS")),
                    new Transfers()));

    assertThat(invalid.getMessage(), containsString("SECONDS 'soon': expected a whole number"));
  }

  @Test
  void prefixEndsAtASlash() throws IOException {
    try (Sources sources = new Sources(Map.of("gopher://host", "file://" + directory))) {
      var unsupported =
          assertThrows(ConfigurationException.class, () -> sources.check("gopher://host-two/x"));

      assertThat(unsupported.getMessage(), containsString("name a copy with --mirror PREFIX=URL"));
      sources.check("gopher://host/x");
    }
  }
}
