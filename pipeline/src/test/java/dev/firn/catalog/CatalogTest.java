package dev.firn.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
  @TempDir Path directory;

  @Test
  void gfsForecastIsComplete() throws IOException {
    DatasetSpec gfs = Catalog.load(Optional.empty()).entry("noaa-gfs-forecast").spec();

    long afterLeadZero =
        gfs.variables().stream().filter(variable -> !variable.sourceHasLeadZero()).count();
    assertThat(gfs.variables().size(), equalTo(25));
    assertThat(afterLeadZero, equalTo(10L));
    assertThat(gfs.leadTimes().length(), equalTo(209));
    assertThat(
        gfs.source()
            .urls(
                gfs.variables().get(0),
                new SourceStep(gfs.append().start(), Duration.ofHours(7), 0),
                gfs.append().start().plus(Duration.ofDays(1))),
        equalTo(List.of("s3://noaa-gfs-bdp-pds/gfs.20210501/00/atmos/gfs.t00z.pgrb2.0p25.f007")));
  }

  @Test
  void usersDefinitionTakesThePlaceOfABuiltInOne() throws IOException {
    String definition =
        Files.readString(Path.of("src/main/resources/catalog/noaa-gfs-forecast/dataset.yaml"));
    Files.writeString(
        directory.resolve("mine.yaml"), definition.replace("version: 0.2.7", "version: 9.9.9"));

    Catalog catalog = Catalog.load(Optional.of(directory));

    assertThat(catalog.entry("noaa-gfs-forecast").spec().version(), equalTo("9.9.9"));
    assertThat(
        catalog.entry("noaa-gfs-forecast").origin(),
        equalTo(directory.resolve("mine.yaml").toString()));
  }

  @Test
  void unknownDatasetIsNamedBesideThoseThereAre() {
    var unknown =
        assertThrows(
            ConfigurationException.class, () -> Catalog.load(Optional.empty()).entry("noaa-gfs"));

    assertThat(unknown.getMessage(), startsWith("Unknown dataset 'noaa-gfs': the catalog has "));
    assertThat(unknown.getMessage(), containsString("noaa-gfs-forecast"));
  }

  @Test
  void malformedYamlIsNamedWithItsFile() throws IOException {
    Files.writeString(directory.resolve("bad.yaml"), "id: a\nid: b\n");

    var malformed =
        assertThrows(ConfigurationException.class, () -> Catalog.load(Optional.of(directory)));

    assertThat(
        malformed.getMessage(), startsWith("Invalid dataset " + directory.resolve("bad.yaml")));
    assertThat(malformed.getMessage(), containsString("Duplicate field 'id'"));
  }

  @Test
  void missingDirectoryIsNamed() {
    Path none = directory.resolve("none");

    var missing = assertThrows(ConfigurationException.class, () -> Catalog.load(Optional.of(none)));

    assertThat(missing.getMessage(), containsString(none.toString()));
  }
}
