package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firn.update.TinyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user hears on a host whose clock is not that of the store. */
class ClockDriftCommandTest {
  @TempDir Path directory;

  private final StringWriter err = new StringWriter();

  @BeforeEach
  void setUp() throws IOException {
    new TinyModel(directory.resolve("bucket")).publish(0, 0);
    Files.createDirectories(directory.resolve("catalog"));
    Files.write(
        directory.resolve("catalog/tiny.yaml"),
        new YAMLMapper().writeValueAsBytes(TinyModel.definition()));
  }

  @AfterEach
  void tearDown() {
    DriftingStores.SECONDS_AHEAD.set(0);
    DriftingStores.WHERE.set("");
  }

  private int run(String... arguments) {
    err.getBuffer().setLength(0);
    return Firn.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int backfill(String store, String... more) {
    List<String> all = new ArrayList<>(List.of("backfill", "tiny", "--end", "2026-01-01T06"));
    all.addAll(List.of("--catalog", directory.resolve("catalog").toString()));
    all.addAll(List.of("--store", directory.resolve(store).toString()));
    all.addAll(List.of("--mirror", TinyModel.BUCKET + "=" + directory.resolve("bucket")));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private void assertRefused(int code, String undone) {
    assertThat(err.toString(), code, equalTo(3));
    assertThat(
        err.toString(),
        containsString("firn: refused, nothing was " + undone + ": Cannot write to "));
    assertThat(err.toString(), containsString("; they may differ by 60 s\n"));
    assertThat(err.toString(), not(containsString("\tat ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny.zarr", "tiny.icechunk"})
  void updateIsRefusedAndCanGoOnWhenTheClockIsRight(String store) {
    DriftingStores.SECONDS_AHEAD.set(90);

    assertRefused(backfill(store), "published");
    assertThat(err.toString(), containsString("resume with\n  ./firn backfill tiny"));
    assertRefused(backfill(store, "--worker-index", "0", "--workers-total", "1"), "published");

    DriftingStores.SECONDS_AHEAD.set(0);
    assertThat(err.toString(), backfill(store), equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny.zarr", "tiny.icechunk"})
  void updateIsRefusedWhereAReplicasStoreHasAnotherTime(String store) {
    String replica = directory.resolve("elsewhere").resolve(store).toString();
    DriftingStores.WHERE.set("elsewhere");
    DriftingStores.SECONDS_AHEAD.set(-90);

    assertRefused(backfill(store, "--store", replica), "published");
    assertThat(err.toString(), containsString("/elsewhere: this host's clock is at "));
    assertRefused(
        backfill(store, "--store", replica, "--worker-index", "0", "--workers-total", "1"),
        "published");

    DriftingStores.SECONDS_AHEAD.set(0);
    assertThat(err.toString(), backfill(store, "--store", replica), equalTo(0));
  }

  @Test
  void maintenanceIsRefused() {
    backfill("tiny.icechunk");
    backfill("tiny.icechunk", "--overwrite-chunks", "--overwrite-metadata");
    DriftingStores.SECONDS_AHEAD.set(90);

    String repository = directory.resolve("tiny.icechunk").toString();
    assertRefused(
        run("icechunk", "expire", repository, "--older-than", "1s", "--force"), "changed");
  }
}
