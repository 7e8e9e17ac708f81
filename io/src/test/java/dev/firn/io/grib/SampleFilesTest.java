package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.grib.packing.DataTemplate;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

  @Test
  void valuesOfAllSupportedTemplatesAreUnpacked() throws IOException {
    Map<Integer, Integer> unpacked = new TreeMap<>();
    Set<Integer> refused = new TreeSet<>();
    for (Path file : gribFiles()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int at = indexOfMessage(bytes, 0); at >= 0; at = indexOfMessage(bytes, at + 4)) {
        for (FieldSections field : fields(bytes, at, Origin.of(file.toString(), at))) {
          unpack(field, unpacked, refused);
        }
      }
    }

    assertThat(unpacked.keySet(), hasItems(0, 2, 3, 4, 40, 41, 42, 200));
    assertThat(refused, is(Set.of(51, 50001)));
  }

  private static List<Path> gribFiles() throws IOException {
    try (Stream<Path> files = Files.walk(samples("grib2"))) {
      return files
          .filter(
              file ->
                  file.toString()
                      .matches("(?!.*/(invalid|reference-decodes)/).*(grb|grb2|grib|grib2|bin)"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  /** The next whole message of edition 2. */
  private static int indexOfMessage(byte[] bytes, int from) {
    for (int i = from; i < bytes.length - 16; i++) {
      if (bytes[i] == 'G' && bytes[i + 1] == 'R' && bytes[i + 2] == 'I' && bytes[i + 3] == 'B') {
        long length = ByteBuffer.wrap(bytes).getLong(i + 8);
        if (bytes[i + 7] == 2 && length > 0 && length <= bytes.length - i) {
          return i;
        }
      }
    }
    return -1;
  }

  private static List<FieldSections> fields(byte[] bytes, int at, Origin origin) {
    int length = (int) ByteBuffer.wrap(bytes).getLong(at + 8);
    byte[] message = Arrays.copyOfRange(bytes, at, at + length);
    SectionWalker walker = new SectionWalker(message, length - 4, origin);
    walker.walk(IndicatorSection.LENGTH);
    return walker.fields();
  }

  private static void unpack(
      FieldSections field, Map<Integer, Integer> unpacked, Set<Integer> refused) {
    int number = DataTemplate.number(field.representation());
    int count = (int) DataTemplate.valueCount(field.representation());
    DataTemplate template;
    try {
      template = DataTemplate.read(field.representation());
    } catch (UnsupportedFeatureException e) {
      refused.add(number);
      return;
    }
    float[] values = template.decode(field.data(), count, UnitConversion.NONE);
    assertThat(values.length, is(count));
    unpacked.merge(number, 1, Integer::sum);
  }
}
