package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.io.Origin;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real files, in the folder that FIRN_SAMPLES names; values are compared in interop. */
class SampleFilesTest {

  private static Path samples(String folder) {
    String root = System.getenv("FIRN_SAMPLES");
    assumeTrue(root != null || "true".equals(System.getenv("CI")), "FIRN_SAMPLES is not set");
    if (root == null) {
      throw new IllegalStateException("FIRN_SAMPLES is not set");
    }
    return Path.of(root).resolve(folder);
  }

  @Test
  void inventoriesOfNoaaGiveTheRangesOfMessages() throws IOException {
    Path folder = samples("grib2/noaa-gefs/trimmed");
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> inventories =
          files.filter(file -> file.toString().endsWith(".idx")).sorted().toList();

      assertThat(inventories.size(), is(greaterThan(0)));
      for (Path inventory : inventories) {
        assertRangesAreThoseOfMessages(inventory);
      }
    }
  }

  private static void assertRangesAreThoseOfMessages(Path inventory) throws IOException {
    String name = inventory.toString();
    Path file = Path.of(name.substring(0, name.length() - ".idx".length()));
    NoaaIndex index = NoaaIndex.parse(Files.readString(inventory), Origin.of(name));
    try (ByteSource source = ByteSource.open(file)) {
      List<ByteRange> found =
          GribFile.of(source)
              .entries()
              .map(entry -> new ByteRange(entry.offset(), entry.lengthBytes()))
              .toList();

      List<ByteRange> listed =
          index.entries().stream()
              .map(entry -> index.rangeOf(entry, OptionalLong.of(source.lengthBytes())))
              .toList();

      assertThat(listed, is(found));
    }
  }

  @Test
  void allInventoriesOfNoaaAreReadAndWrittenAlike() throws IOException {
    int read = 0;
    try (Stream<Path> files = Files.walk(samples("index/noaa"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".idx")).toList()) {
        String text = Files.readString(file);

        NoaaIndex index = NoaaIndex.parse(text, Origin.of(file.toString()));

        assertThat(NoaaIndex.format(index.entries()).strip(), is(text.strip()));
        read++;
      }
    }
    assertThat(read, is(greaterThan(0)));
  }
}
