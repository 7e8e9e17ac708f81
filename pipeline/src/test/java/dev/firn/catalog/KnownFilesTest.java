package dev.firn.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.Condition;
import dev.firn.dataset.DatasetSpec;
import dev.firn.update.KnownFile;
import dev.firn.update.KnownFiles;
import dev.firn.update.Region;
import dev.firn.update.RegionJob;
import dev.firn.update.RegionJobKey;
import dev.firn.update.SourceFile;
import dev.firn.update.SourceFilePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the catalog's datasets are told by their names, exactly as they are planned. */
class KnownFilesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T07:13:20Z");

  private static final int MANY_FIELDS = 10_000;

  private static final List<DatasetSpec> ALL = catalog();
  private static final KnownFiles KNOWN = KnownFiles.of(ALL);

  private final Map<Long, List<SourceFile>> plans = new HashMap<>();

  private static List<DatasetSpec> catalog() {
    try {
      return Catalog.load(Optional.empty()).entries().stream().map(Catalog.Entry::spec).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Stream<String> datasets() {
    return ALL.stream().map(DatasetSpec::id);
  }

  private static DatasetSpec spec(String id) {
    return ALL.stream().filter(spec -> spec.id().equals(id)).findFirst().orElseThrow();
  }

  /** All files of a position, whatever their names. */
  private List<SourceFile> planned(DatasetSpec spec, long position) {
    return plans.computeIfAbsent(
        position,
        any -> {
          Region region = new Region(position, position, position + 1);
          return new SourceFilePlan(spec, NOW)
              .of(new RegionJob(new RegionJobKey(position, 0), region, region, spec.variables()));
        });
  }

  /** Some in each era, and on both sides of where ages and eras end. */
  private static List<Long> positions(DatasetSpec spec, Random random) {
    AppendDimension append = spec.append();
    Set<Instant> turns = new TreeSet<>(List.of(append.start(), NOW));
    for (Condition condition : conditions(spec)) {
      condition.from().ifPresent(turns::add);
      condition.until().ifPresent(turns::add);
      condition.newerThan().ifPresent(age -> turns.add(NOW.minus(age)));
      condition.olderThan().ifPresent(age -> turns.add(NOW.minus(age)));
    }
    Set<Long> positions = new TreeSet<>();
    long earlier = 0;
    for (Instant turn : turns) {
      long position = Math.max(0, append.floor(turn));
      positions.addAll(List.of(Math.max(0, position - 1), position, position + 1));
      positions.add(random.nextLong(earlier, position + 1));
      earlier = position;
    }
    return List.copyOf(positions);
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

  @ParameterizedTest
  @MethodSource("datasets")
  void plannedFilesAreFoundAgainAndNothingElse(String id) {
    DatasetSpec spec = spec(id);
    Random random = new Random(8);
    List<Long> all = positions(spec, random);
    boolean isLarge = spec.steps().perPosition() * spec.variables().size() > MANY_FIELDS;

    checkAll(spec, isLarge ? List.of(all.get(all.size() - 2)) : all, 3, random);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("datasets")
  void plannedFilesOfManyTimesAreFoundAgainAndNothingElse(String id) {
    DatasetSpec spec = spec(id);
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      checkAll(spec, positions(spec, random), 20, random);
    }
  }

  private void checkAll(DatasetSpec spec, List<Long> positions, int samples, Random random) {
    int checked = 0;
    for (long position : positions) {
      List<SourceFile> planned = planned(spec, position);
      for (int sample = 0; sample < samples && !planned.isEmpty(); sample++) {
        SourceFile file = planned.get(random.nextInt(planned.size()));
        for (String place : file.urls()) {
          check(spec, position, place);
          checked++;
        }
      }
    }
    assertThat(checked, greaterThan(2));
  }

  private void check(DatasetSpec spec, long position, String place) {
    String url = place.replace("*", "any-thing_20200101");

    List<KnownFile> found = ofDataset(spec, url);

    assertThat(
        place,
        found.stream()
            .filter(file -> file.position() == position)
            .map(KnownFile::file)
            .collect(Collectors.toSet()),
        equalTo(
            planned(spec, position).stream()
                .filter(file -> file.urls().contains(place))
                .collect(Collectors.toSet())));
    for (KnownFile file : found) {
      assertThat(planned(spec, file.position()), hasItem(file.file()));
      assertThat(file.isInventory(), equalTo(false));
    }
    assertThat(new HashSet<>(found).size(), equalTo(found.size()));
    spec.source()
        .inventory()
        .ifPresent(inventory -> checkInventory(spec, inventory.of(url), found));
  }

  private static void checkInventory(DatasetSpec spec, String url, List<KnownFile> ofFile) {
    assertThat(
        url,
        ofDataset(spec, url),
        equalTo(
            ofFile.stream()
                .map(file -> new KnownFile(file.dataset(), file.position(), file.file(), true))
                .toList()));
  }

  private static List<KnownFile> ofDataset(DatasetSpec spec, String url) {
    return KNOWN.find(url, NOW).stream().filter(file -> file.dataset().equals(spec.id())).toList();
  }

  private static List<String> found(String url) {
    return KNOWN.find(url, NOW).stream()
        .map(
            file ->
                file.dataset()
                    + " "
                    + spec(file.dataset()).append().at(file.position())
                    + (file.isInventory() ? " inventory" : ""))
        .distinct()
        .toList();
  }

  @Test
  void fileThatDatasetsShareIsOfThemAll() {
    String gfs = "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f";

    assertThat(
        found(gfs + "003"),
        contains(
            "noaa-gfs-analysis 2026-11-20T09:00:00Z", "noaa-gfs-forecast 2026-11-20T06:00:00Z"));
    assertThat(
        found(gfs + "006.idx"),
        contains(
            "noaa-gfs-analysis 2026-11-20T12:00:00Z inventory",
            "noaa-gfs-forecast 2026-11-20T06:00:00Z inventory"));
    assertThat(found(gfs + "384"), contains("noaa-gfs-forecast 2026-11-20T06:00:00Z"));
  }

  @Test
  void fileOfManyTimesIsOfThemAll() {
    List<String> found =
        found(
            "s3://noaa-gefs-retrospective/GEFSv12/reforecast/2012/2012022900/c00/Days:1-10/tmp_2m_2012022900_c00.grib2");

    assertThat(
        found,
        contains(
            IntStream.rangeClosed(1, 8)
                .mapToObj(
                    number -> Instant.parse("2012-02-29T00:00:00Z").plusSeconds(number * 10_800L))
                .map(time -> "noaa-gefs-analysis " + time)
                .toArray(String[]::new)));
  }

  @Test
  void objectOnS3IsTheSameHoweverItsUrlIsWritten() {
    String key = "20260601/00z/ifs/0p25/enfo/20260601000000-24h-enfo-ef.index";

    List<String> found = found("s3://ecmwf-forecasts/" + key);

    assertThat(
        found,
        contains("ecmwf-ifs-ens-forecast-15-day-0-25-degree 2026-06-01T00:00:00Z inventory"));
    assertThat(
        found("https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com/" + key), equalTo(found));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3://",
        "s3://noaa-gfs-bdp-pds/",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f003/",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2b.0p25.f003",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2b.0p25.f003.idx",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p50.f003",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2full.0p50.f003",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.anl",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f03",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f0003",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f121",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f385",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t12z.pgrb2.0p25.f003",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/07/atmos/gfs.t07z.pgrb2.0p25.f003",
        "s3://noaa-gfs-bdp-pds/gfs.20261131/06/atmos/gfs.t06z.pgrb2.0p25.f003",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/24/atmos/gfs.t24z.pgrb2.0p25.f003",
        "s3://noaa-gfs-bdp-pds/gfs.20200101/06/atmos/gfs.t06z.pgrb2.0p25.f003",
        "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f003.idx.idx",
        "s3://other-bucket/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f003",
        "s3://noaa-hrrr-bdp-pds/hrrr.20261120/conus/hrrr.t07z.wrfsfcf03.grib2",
        "s3://noaa-hrrr-bdp-pds/hrrr.20261120/conus/hrrr.t06z.wrfprsf03.grib2",
        "s3://noaa-hrrr-bdp-pds/hrrr.20261120/alaska/hrrr.t06z.wrfsfcf03.ak.grib2",
        "s3://noaa-gefs-pds/gefs.20261120/06/atmos/pgrb2sp25/gep01.t06z.pgrb2s.0p25.f024",
        "s3://noaa-gefs-pds/gefs.20261120/00/atmos/pgrb2sp25/gep31.t00z.pgrb2s.0p25.f024",
        "s3://noaa-gefs-pds/gefs.20261120/00/atmos/pgrb2sp25/gespr.t00z.pgrb2s.0p25.f024",
        "s3://noaa-mrms-pds/CONUS/RadarOnly_QPE_01H_00.00/20261120/MRMS_RadarOnly_QPE_01H_00.00_20261120-060200.grib2.gz",
        "s3://noaa-mrms-pds/CONUS/RadarOnly_QPE_03H_00.00/20261120/MRMS_RadarOnly_QPE_03H_00.00_20261120-060000.grib2.gz",
        "s3://noaa-cdr-ndvi-pds/data/2013/AVHRR-Land_v005_AVH13C1_NOAA-19_20120101_c20170610041337.nc",
        "s3://noaa-cdr-ndvi-pds/data/2012/a/b_20120101_c.nc"
      })
  void neighboursAreNotKnown(String url) {
    assertThat(KNOWN.find(url, NOW), empty());
  }

  @Test
  void twentyThousandUnknownNamesTakeLessThanASecond() {
    List<String> names = unknown(20_000);
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

    long known = names.stream().filter(name -> !KNOWN.find(name, NOW).isEmpty()).count();

    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    assertThat(known, equalTo(0L));
    assertThat(nanos, not(greaterThan(1_000_000_000L)));
  }

  /** What else is announced with the files that are read. */
  private static List<String> unknown(int count) {
    List<String> kinds =
        List.of(
            "s3://noaa-gfs-bdp-pds/gfs.20261120/%1$02d/atmos/gfs.t%1$02dz.pgrb2b.0p25.f%2$03d",
            "s3://noaa-gfs-bdp-pds/gfs.20261120/%1$02d/atmos/gfs.t%1$02dz.pgrb2.0p50.f%2$03d.idx",
            "s3://noaa-gfs-bdp-pds/gfs.20261120/%1$02d/wave/gridded/gfswave.t%1$02dz.global.0p25.f%2$03d.grib2",
            "s3://noaa-gfs-bdp-pds/gfs.20261120/%1$02d/atmos/bufr.%1$02d/bfs.%2$06d.2026112000",
            "s3://noaa-hrrr-bdp-pds/hrrr.20261120/conus/hrrr.t%1$02dz.wrfnatf%2$02d.grib2",
            "s3://noaa-hrrr-bdp-pds/hrrr.20261120/conus/hrrr.t01z.wrfsfcf%2$02d.grib2.idx",
            "s3://noaa-gefs-pds/gefs.20261120/06/chem/pgrb2ap25/gefs.chem.t%1$02dz.a2d_0p25.f%2$03d.grib2",
            "s3://noaa-gefs-pds/gefs.20261120/18/atmos/pgrb2ap5/gep%1$02d.t18z.pgrb2a.0p50.f%2$03d",
            "s3://noaa-mrms-pds/CONUS/PrecipRate_00.00/20261120/MRMS_PrecipRate_00.00_20261120-%1$02d%2$02d00.grib2.gz",
            "s3://noaa-mrms-pds/CONUS/PrecipFlag_00.00/20261120/MRMS_PrecipFlag_00.00_20261120-%1$02d%2$02d30.grib2.gz");
    List<String> names = new ArrayList<>();
    for (int number = 0; names.size() < count; number++) {
      names.add(
          kinds.get(number % kinds.size()).formatted(number / 10 % 24, 2 + number / 240 % 58));
    }
    return names;
  }
}
