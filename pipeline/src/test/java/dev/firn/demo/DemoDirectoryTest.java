package dev.firn.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {
  private static final List<String> OWN =
      List.of(
          "map.png",
          "bucket/demo.20260101/00/atmos/demo.t00z.global.1p50.f003",
          "bucket/demo.20260101/00/atmos/demo.t00z.global.1p50.f003.idx",
          "archive/firn-demo/v0.1.0.zarr/zarr.json",
          "archive/firn-demo/v0.1.0.zarr/temperature_2m/zarr.json",
          "archive/firn-demo/v0.1.0.zarr/temperature_2m/c/0/0/1/1",
          "archive/firn-demo/v0.1.0.zarr/temperature_2m/c/0/0/1/.firn-put-1",
          "archive/firn-demo/v0.1.0.zarr/spatial_ref/c",
          "archive/firn-demo/v0.1.0.icechunk/repo",
          "archive/firn-demo/v0.1.0.icechunk/.firn-lock",
          "archive/firn-demo/v0.1.0.icechunk/chunks/0G1FN5SKFVXKMRBMKSA0",
          "archive/firn-demo/v0.1.0.icechunk/overwritten/repo.30713333333333.0G1FN5SKFVXKMRBMKSA0",
          "archive/firn-demo/_internal/v0.1.0.icechunk/lease.json",
          "archive/firn-demo/_internal/v0.1.0.zarr/a-job/done.json",
          "archive/firn-demo/_internal/v0.1.0.zarr/lease.json");
  private static final List<String> OTHERS =
      List.of(
          "notes.txt",
          "map.png.txt",
          "bucket/demo.20260101/00/atmos/mine.grib2",
          "bucket/other/00/atmos/demo.t00z.global.1p50.f003",
          "archive/firn-demo/v0.1.0.zarr/README.md",
          "archive/firn-demo/v0.1.0.icechunk/chunks/mine",
          "archive/firn-demo/mine.zarr/zarr.json",
          "archive/mine/v0.1.0.zarr/zarr.json");

  @TempDir Path parent;

  private Path root() {
    return parent.resolve("demo");
  }

  private void write(String name) throws IOException {
    Files.createDirectories(root().resolve(name).getParent());
    Files.writeString(root().resolve(name), name);
  }

  @Test
  void absentDirectoryIsMade() throws IOException {
    DemoDirectory directory = DemoDirectory.prepare(root());

    assertThat(Files.isDirectory(root()), equalTo(true));
    assertThat(directory.bucket(), equalTo(root().resolve("bucket")));
  }

  @Test
  void emptyDirectoryIsAccepted() throws IOException {
    Files.createDirectories(root());

    DemoDirectory.prepare(root());

    assertThat(Files.exists(root().resolve(".firn-demo")), equalTo(true));
  }

  @Test
  void startingOverDeletesWhatTheDemoWroteAndNothingElse() throws IOException {
    DemoDirectory.prepare(root());
    for (String name : OWN) {
      write(name);
    }
    for (String name : OTHERS) {
      write(name);
    }

    DemoDirectory.prepare(root());

    for (String name : OWN) {
      assertThat(name, Files.exists(root().resolve(name)), equalTo(false));
    }
    for (String name : OTHERS) {
      assertThat(name, Files.readString(root().resolve(name)), equalTo(name));
    }
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectories(parent.resolve("elsewhere/firn-demo/v1.zarr"));
    Files.writeString(elsewhere.resolve("zarr.json"), "{}");
    DemoDirectory.prepare(root());
    Files.createSymbolicLink(root().resolve("archive"), parent.resolve("elsewhere"));

    DemoDirectory.prepare(root());

    assertThat(Files.exists(elsewhere.resolve("zarr.json")), equalTo(true));
  }

  @Test
  void directoryOfOthersIsRefusedUntouched() throws IOException {
    write("map.png");

    var refused = assertThrows(ConfigurationException.class, () -> DemoDirectory.prepare(root()));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Cannot use "
                + root()
                + " for the demo: it has files that the demo did not write; name another directory"
                + " with --dir"));
    assertThat(Files.readString(root().resolve("map.png")), equalTo("map.png"));
    assertThat(Files.exists(root().resolve(".firn-demo")), equalTo(false));
  }

  @Test
  void fileIsRefused() throws IOException {
    Files.writeString(root(), "a file");

    var refused = assertThrows(ConfigurationException.class, () -> DemoDirectory.prepare(root()));

    assertThat(refused.getMessage(), containsString("it is a file"));
  }
}
