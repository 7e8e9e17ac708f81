package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.io.FormatException;
import dev.firn.io.bytes.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Files that are broken, cut off or of another edition, in the folder that FIRN_SAMPLES names. Some
 * are broken in ways that do not matter to Firn.
 */
class InvalidFilesTest {
  private static final String CUT_OFF = "Cannot read message in FILE at byte 8 (message at byte 0,";

  /** What each file's messages end in: values of a field, or the text of a refusal. */
  private static final Map<String, List<String>> OUTCOMES =
      Map.ofEntries(
          Map.entry(
              "blend.t17z.master.f001.co.grib2.head",
              List.of(
                  CUT_OFF
                      + " section 0, octet 9): its length is 1558505 bytes, 2000 are left in the"
                      + " file")),
          Map.entry(
              "minimal_buffer_underrun.grib2",
              List.of(
                  CUT_OFF
                      + " section 0, octet 9): its length is 682899800085 bytes, 159 are left in"
                      + " the file")),
          Map.entry(
              "rotated_pole.grb2.begin",
              List.of(
                  CUT_OFF
                      + " section 0, octet 9): its length is 1446367 bytes, 234 are left in the"
                      + " file")),
          Map.entry(
              "rotated_latlon_gdt1_drt0.grib2",
              List.of(
                  "Cannot read octets 73 to 76 in FILE at byte 37"
                      + " (message at byte 0, section 3, octet 1): the section has 72 octets")),
          Map.entry(
              "broken_combined_grib2_grib1.grb2",
              Stream.concat(
                      Collections.nCopies(6, "648 values").stream(),
                      LongStream.of(
                              32154, 39855, 47616, 48729, 49474, 50219, 50834, 51449, 52276, 52891,
                              53718, 54291)
                          .mapToObj(InvalidFilesTest::edition1))
                  .toList()),
          Map.entry("era5-levels-corrupted.grib", List.of(edition1(22068))),
          Map.entry("regular_ll_sfc.grib", List.of(edition1(0))),
          Map.entry("t_on_different_level_types.grib", List.of(edition1(0), "2664 values")),
          Map.entry("broken_combined_grib2_grib1.grb2.idx", List.of()),
          Map.entry("gfs.t00z.mastergrb2f03.zip", List.of()),
          Map.entry(
              "drt40_j2k_3x2.grib2",
              List.of(
                  "Cannot read octets 23 to 23 in FILE at byte 143"
                      + " (message at byte 0, section 5, octet 1): the section has 21 octets")),
          Map.entry("pdt8_accum_3x2.grib2", List.of("6 values")),
          Map.entry(
              "twenty-se27w.2017102006.hwrfsat.core.0p02.f000_truncated.grb2",
              List.of("251001 values")));

  private Path folder;

  private static String edition1(long offset) {
    return "Unsupported GRIB edition 1 in FILE at byte %d (message at byte %d, section 0, octet 8)"
        .formatted(offset + 7, offset);
  }

  @BeforeEach
  void findSamples() {
    String root = System.getenv("FIRN_SAMPLES");
    assumeTrue(root != null || "true".equals(System.getenv("CI")), "FIRN_SAMPLES is not set");
    folder = Path.of(root).resolve("grib2/invalid");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void eachFileEndsInValuesOrInAPlace() throws IOException {
    Set<String> found = files().stream().map(InvalidFilesTest::name).collect(Collectors.toSet());

    assertThat(found, is(OUTCOMES.keySet()));
    for (Path file : files()) {
      assertThat(name(file), outcome(file), is(OUTCOMES.get(name(file))));
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @Test
  void messagesOfEdition1ArePassedOver() throws IOException {
    try (ByteSource source = ByteSource.open(folder.resolve("broken_combined_grib2_grib1.grb2"))) {
      assertThat(GribFile.of(source).messages().count(), is(6L));
    }
  }

  private static List<String> outcome(Path file) throws IOException {
    List<String> outcome = new ArrayList<>();
    try (ByteSource source = ByteSource.open(file)) {
      GribFile grib = GribFile.of(source);
      Iterator<GribFileEntry> entries = grib.entries().iterator();
      addOrRefuse(
          outcome,
          () -> {
            while (entries.hasNext()) {
              GribFileEntry entry = entries.next();
              addOrRefuse(outcome, () -> fields(grib.read(entry)));
            }
            return List.of();
          });
    }
    return outcome.stream().map(text -> text.replace(file.toString(), "FILE")).toList();
  }

  private static void addOrRefuse(List<String> outcome, Supplier<List<String>> reading) {
    try {
      outcome.addAll(reading.get());
    } catch (FormatException refusal) {
      outcome.add(refusal.getMessage());
    }
  }

  private static List<String> fields(GribMessage message) {
    return message.fields().stream()
        .map(field -> field.decode().values().length + " values")
        .toList();
  }
}
