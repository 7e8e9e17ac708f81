package dev.firn.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.Condition;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceSpec;
import dev.firn.update.KnownFile;
import dev.firn.update.KnownFiles;
import dev.firn.update.Region;
import dev.firn.update.RegionJob;
import dev.firn.update.RegionJobKey;
import dev.firn.update.SourceFile;
import dev.firn.update.SourceFilePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of the catalog's datasets are told by their names, exactly as they are planned. */
class KnownFilesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T07:13:20Z");

  private static final List<DatasetSpec> ALL = catalog();
  private static final KnownFiles KNOWN = KnownFiles.of(ALL);

  private static List<DatasetSpec> catalog() {
    try {
      return Catalog.load(Optional.empty()).entries().stream().map(Catalog.Entry::spec).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Stream<DatasetSpec> datasets() {
    return ALL.stream();
  }

  private static List<SourceFile> planned(DatasetSpec spec, long position) {
    Region region = new Region(position, position, position + 1);
    return new SourceFilePlan(spec, NOW)
        .of(new RegionJob(new RegionJobKey(position, 0), region, region, spec.variables()));
  }

  /** Some in each era, and on both sides of where ages and eras end. */
  private static Set<Long> positions(DatasetSpec spec, Random random) {
    AppendDimension append = spec.append();
    Set<Instant> turns = new TreeSet<>(List.of(append.start(), NOW));
    for (Condition condition : conditions(spec)) {
      condition.from().ifPresent(turns::add);
      condition.until().ifPresent(turns::add);
      condition.newerThan().ifPresent(age -> turns.add(NOW.minus(age)));
      condition.olderThan().ifPresent(age -> turns.add(NOW.minus(age)));
    }
    Set<Long> positions = new TreeSet<>();
    long last = append.floor(NOW);
    long earlier = 0;
    for (Instant turn : turns) {
      long position = Math.max(0, append.floor(turn));
      positions.addAll(
          List.of(
              Math.max(0, position - 1), Math.min(last, position), Math.min(last, position + 1)));
      positions.add(random.nextLong(earlier, position + 1));
      earlier = position;
    }
    return positions;
  }

  private static List<Condition> conditions(DatasetSpec spec) {
    List<Condition> all = new ArrayList<>();
    spec.source()
        .naming()
        .names()
        .values()
        .forEach(rules -> rules.forEach(rule -> all.add(rule.when())));
    spec.source().forecasts().forEach(choice -> all.add(choice.era()));
    spec.variables()
        .forEach(variable -> variable.sources().forEach(source -> all.add(source.when())));
    return all;
  }

  /** What stands for an asterisk in real names does not matter. */
  private static String real(String place) {
    return place.replace("*", "any-thing_20200101");
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void everyPlannedFileIsFoundAgainAndNothingElse(DatasetSpec spec) {
    Random random = new Random(8);
    int checked = 0;
    for (long position : positions(spec, random)) {
      List<SourceFile> planned = planned(spec, position);
      for (int sample = 0; sample < 6 && !planned.isEmpty(); sample++) {
        SourceFile file = planned.get(random.nextInt(planned.size()));
        for (String place : file.urls()) {
          check(spec, position, place, planned);
          checked++;
        }
      }
    }
    assertThat(checked, greaterThan(20));
  }

  private static void check(
      DatasetSpec spec, long position, String place, List<SourceFile> planned) {
    List<KnownFile> found =
        KNOWN.find(real(place), NOW).stream()
            .filter(file -> file.dataset().equals(spec.id()))
            .toList();

    assertThat(
        place,
        new HashSet<>(
            found.stream()
                .filter(file -> file.position() == position)
                .map(KnownFile::file)
                .toList()),
        equalTo(
            new HashSet<>(planned.stream().filter(file -> file.urls().contains(place)).toList())));
    for (KnownFile other : found) {
      assertThat(planned(spec, other.position()), hasItem(other.file()));
      assertThat(other.isInventory(), equalTo(false));
    }
    spec.source().inventory().ifPresent(inventory -> checkInventory(inventory, place, spec, found));
  }

  private static void checkInventory(
      SourceSpec.Inventory inventory, String place, DatasetSpec spec, List<KnownFile> ofFile) {
    List<KnownFile> found = KNOWN.find(inventory.of(real(place)), NOW);

    assertThat(
        found.stream().filter(file -> file.dataset().equals(spec.id())).toList(),
        equalTo(
            ofFile.stream()
                .map(file -> new KnownFile(file.dataset(), file.position(), file.file(), true))
                .toList()));
  }
}
