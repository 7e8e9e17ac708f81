package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
      byte[] range = sources.read("s3://bucket/a/b.grib2", version, new ByteRange(1, 2));

      assertThat(range, equalTo(new byte[] {2, 3}));
      assertThat(sources.find("s3://bucket/none").isPresent(), equalTo(false));
    }
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
