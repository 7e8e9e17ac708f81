package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasEntry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an inventory says: values are right, or missing and reported. */
class MisleadingInventoriesTest {
  private static final String[] VARIABLES = {"temperature", "wind", "pressure", "rain"};

  @TempDir Path directory;

  /** What can be wrong with an inventory. */
  private enum Mutation {
    SHIFTED,
    STALE,
    SHORT,
    EMPTY,
    RENAMED,
    DUPLICATED,
    SWAPPED,
    BEYOND_THE_END,
    GARBAGE;

    String apply(String inventory, Random random) {
      List<String> lines = new ArrayList<>(inventory.lines().toList());
      int line = random.nextInt(lines.size());
      switch (this) {
        case SHIFTED -> {
          int by = 1 + random.nextInt(40);
          lines.replaceAll(each -> moved(each, by));
        }
        case STALE -> {
          for (int i = 0; i < lines.size(); i++) {
            lines.set(i, moved(lines.get(i), i * (1L + random.nextInt(9))));
          }
        }
        case SHORT -> lines.subList(line, lines.size()).clear();
        case EMPTY -> lines.clear();
        case RENAMED ->
            lines.set(line, lines.get(line).replaceAll(":(TMP|UGRD|PRES|APCP):", ":XXX:"));
        case DUPLICATED ->
            lines.add(
                random.nextInt(lines.size() + 1), moved(lines.get(line), random.nextInt(300)));
        case SWAPPED -> {
          int other = random.nextInt(lines.size());
          String there = lines.get(other);
          lines.set(other, withOffset(there, offset(lines.get(line))));
          lines.set(line, withOffset(lines.get(line), offset(there)));
        }
        case BEYOND_THE_END -> lines.set(line, withOffset(lines.get(line), 1L << 40));
        case GARBAGE -> lines.set(line, "x".repeat(random.nextInt(30)) + ":" + lines.get(line));
        default -> throw new IllegalStateException(name());
      }
      return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static long offset(String line) {
      return Long.parseLong(line.split(":")[1]);
    }

    private static String moved(String line, long by) {
      return withOffset(line, offset(line) + by);
    }

    private static String withOffset(String line, long offset) {
      String[] parts = line.split(":", 3);
      return parts[0] + ":" + offset + ":" + parts[2];
    }
  }

  @Test
  void valuesAreRightOrMissingAndReported(TestReporter reporter) throws IOException {
    tryMutations(27, 1, reporter);
  }

  @Test
  @Tag("long")
  void valuesAreRightOrMissingAndReportedForMany(TestReporter reporter) throws IOException {
    tryMutations(900, 2, reporter);
  }

  private void tryMutations(int count, long seed, TestReporter reporter) throws IOException {
    Random random = new Random(seed);
    Map<Mutation, Integer> tried = new EnumMap<>(Mutation.class);
    Mutation[] kinds = Mutation.values();
    TinyModel model = new TinyModel(directory);
    model.publish(0, 0);
    for (int round = 0; round < count; round++) {
      Mutation mutation = kinds[round % kinds.length];
      check(model, mutation, round, random);
      tried.merge(mutation, 1, Integer::sum);
    }
    reporter.publishEntry("inventories mutated (seed " + seed + ")", count + ": " + tried);
  }

  private static void check(TinyModel model, Mutation mutation, int round, Random random)
      throws IOException {
    UpdateHarness archive = new UpdateHarness(model, MemoryStores.BASE);
    archive.opener = new MemoryStores();
    Path index = model.indexFile(0, Duration.ofHours(3L * random.nextInt(4)));
    String right = Files.readString(index);
    String told = mutation.apply(right, random);
    String what = mutation + " in round " + round + ": " + told;

    Files.writeString(index, told);
    UpdateOutcome outcome = archive.backfill("job", 1);
    Files.writeString(index, right);

    if (mutation == Mutation.EMPTY) {
      assertThat(what, outcome.summary().filesByStatus(), hasEntry("not_ready", 1L));
    } else if (told.isEmpty()) {
      return; // SHORT to nothing is the same
    } else {
      assertThat(what, outcome.summary().filesByStatus(), equalTo(Map.of("succeeded", 4L)));
    }
    for (String variable : VARIABLES) {
      float[] expected = archive.expected(variable, 0, 0);
      if (mutation == Mutation.EMPTY) {
        assertMissingOrEqual(what, archive.published(variable, 0), expected);
      } else {
        assertThat(what, archive.published(variable, 0), equalTo(expected));
      }
    }
  }

  private static void assertMissingOrEqual(String what, float[] found, float[] expected) {
    int missing = 0;
    for (int i = 0; i < found.length; i++) {
      if (Float.isNaN(found[i])) {
        missing++;
      } else {
        assertThat(what, found[i], equalTo(expected[i]));
      }
    }
    assertThat(what, missing, greaterThan(0));
  }

  @Test
  void fieldThatNeitherInventoryNorFileHasIsReported() throws IOException {
    TinyModel model = new TinyModel(directory.resolve("sources"));
    UpdateHarness archive = new UpdateHarness(model, directory.resolve("archive"));
    model.publish(0, 0);
    Path file = model.file(0, Duration.ofHours(3));
    Path index = model.indexFile(0, Duration.ofHours(3));
    List<String> lines = Files.readString(index).lines().toList();
    int end = Integer.parseInt(lines.get(3).split(":")[1]);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), end));
    Files.writeString(index, String.join("\n", lines.subList(0, 3)) + "\n");

    UpdateOutcome outcome = archive.backfill("job", 1);

    SourceFileResult missing = outcome.summary().missing().get(0);
    assertThat(missing.status(), equalTo(FileStatus.NOT_FOUND));
    assertThat(
        missing.detail(),
        equalTo("neither the inventory nor the file has 'APCP:surface:0-3 hour acc fcst'"));
    assertThat(Collections.frequency(outcome.summary().missing(), missing), equalTo(1));
  }
}
