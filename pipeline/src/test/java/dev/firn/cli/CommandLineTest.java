package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.stringContainsInOrder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firn.update.TinyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private TinyModel model;

  @BeforeEach
  void setUp() throws IOException {
    model = new TinyModel(directory.resolve("bucket"));
    Files.createDirectories(directory.resolve("catalog"));
    ObjectNode definition = TinyModel.definition().deepCopy();
    Files.write(
        directory.resolve("catalog/tiny.yaml"), new YAMLMapper().writeValueAsBytes(definition));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Firn.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int work(String command, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(command, "tiny", "--catalog", directory.resolve("catalog").toString()));
    all.addAll(List.of("--store", directory.resolve("tiny.zarr").toString(), "--json"));
    all.addAll(List.of("--mirror", TinyModel.BUCKET + "=" + directory.resolve("bucket")));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void backfillThenUpdate() throws IOException {
    model.publish(0, 0);
    assertThat(err.toString(), work("backfill", "--end", "2026-01-01T06"), equalTo(0));
    assertThat(json().get("extent_after").asInt(), equalTo(1));
    model.publish(1, 0);

    assertThat(work("update", "--until", "2026-01-01T12"), equalTo(0));

    assertThat(json().get("status").asText(), equalTo("published"));
    assertThat(json().get("extent_before").asInt(), equalTo(1));
    assertThat(json().get("extent_after").asInt(), equalTo(2));
    assertThat(json().get("newest").asText(), equalTo("2026-01-01T06:00:00Z"));
    assertThat(json().get("files").get("succeeded").asInt(), equalTo(2 * 4));
  }

  @Test
  void longBackfillIsPublishedInWindows() throws IOException {
    for (int position = 0; position < 3; position++) {
      model.publish(position, 0);
    }

    int code = work("backfill", "--end", "2026-01-01T18", "--publish-every", "2", "--job", "years");

    assertThat(err.toString(), code, equalTo(0));
    assertThat(json().get("windows").get(0).get("extent_after").asInt(), equalTo(2));
    assertThat(json().get("windows").get(1).get("extent_after").asInt(), equalTo(3));
    assertThat(json().get("windows").get(1).get("job").asText(), equalTo("years-w2"));
  }

  @Test
  void resumedBackfillGoesOnWithTheWindowThatIsLeft() throws IOException {
    model.publish(0, 0);
    model.publish(1, 0);
    work("backfill", "--end", "2026-01-01T06", "--job", "years-w1");
    model.publish(0, 1);

    int code = work("backfill", "--end", "2026-01-01T12", "--publish-every", "1", "--job", "years");

    assertThat(err.toString(), code, equalTo(0));
    assertThat(json().get("windows").get(1).get("extent_after").asInt(), equalTo(2));
  }

  @Test
  void windowsOfARefusedBackfillAreNotBegun() throws IOException {
    model.publish(0, 0);
    work("backfill", "--end", "2026-01-01T06");

    int code =
        work("backfill", "--end", "2026-01-01T12", "--publish-every", "1", "--overwrite-chunks");

    assertThat(code, equalTo(3));
    assertThat(err.toString(), containsString("a backfill beyond it needs --overwrite-chunks and"));
  }

  private int worker(int index, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--worker-index", "" + index, "--workers-total", "2"));
    return work("backfill", all.toArray(String[]::new));
  }

  @Test
  void workersShareABackfillWithoutANameForIt() throws IOException {
    model.publish(0, 0);
    assertThat(worker(1, "--end", "2026-01-01T06"), equalTo(0));
    assertThat(json().get("status").asText(), equalTo("partial"));
    String job = json().get("job").asText();

    int code = worker(0, "--end", "2026-01-01T06");

    assertThat(err.toString(), code, equalTo(0));
    assertThat(err.toString(), containsString("worker 0 of 2"));
    assertThat(json().get("status").asText(), equalTo("published"));
    assertThat(json().get("region_jobs").asInt(), equalTo(3));
    assertThat("comes late", worker(1, "--end", "2026-01-01T06"), equalTo(0));
    assertThat(json().get("job").asText(), equalTo(job));
    assertThat(json().get("status").asText(), equalTo("published"));
  }

  @Test
  void workerBetweenWindowsWaitsForTheOthers() throws IOException {
    model.publish(0, 0);
    model.publish(1, 0);

    int code = worker(0, "--end", "2026-01-01T12", "--publish-every", "1", "--wait", "1s");

    assertThat(code, equalTo(1));
    assertThat(err.toString(), containsString("window 1 of 2"));
    assertThat(err.toString(), containsString("Waited 1 s for other workers in vain: 1 are not"));
    assertThat(err.toString(), containsString("resume with\n  ./firn backfill tiny"));
  }

  @Test
  void storesAreReportedByTheirRoles() throws IOException {
    model.publish(0, 0);
    String replica = directory.resolve("copies").toString();

    int code = work("backfill", "--end", "2026-01-01T06", "--store", replica, "--format=zarr");

    assertThat(err.toString(), code, equalTo(0));
    JsonNode stores = json().get("stores");
    assertThat(stores.get(0).get("role").asText(), equalTo("primary"));
    assertThat(stores.get(1).get("role").asText(), equalTo("replica-0"));
    assertThat(stores.get(1).get("extent").asInt(), equalTo(1));
    assertThat(Files.exists(directory.resolve("copies/tiny/v1.0.0.zarr/zarr.json")), equalTo(true));
  }

  @Test
  void storesBelowABaseAreIcechunkRepositories() throws IOException {
    model.publish(0, 0);
    String base = directory.resolve("copies").toString();

    int code = work("backfill", "--end", "2026-01-01T06", "--store", base);

    assertThat(err.toString(), code, equalTo(0));
    String repository = json().get("stores").get(1).get("url").asText();
    assertThat(repository, endsWith("/copies/tiny/v1.0.0.icechunk"));
    assertThat(run("zarr", "ls", directory.resolve("tiny.zarr").toString(), "--json"), equalTo(0));
    JsonNode arrays = json();
    assertThat(err.toString(), run("zarr", "ls", repository, "--json"), equalTo(0));
    assertThat(json(), equalTo(arrays));
  }

  @Test
  void workersOptionsAreChecked() {
    assertThat(work("update", "--worker-index", "0"), equalTo(2));
    assertThat(err.toString(), containsString("--workers-total"));
    assertThat(work("update", "--worker-index", "2", "--workers-total", "2"), equalTo(2));
    assertThat(err.toString(), containsString("Invalid worker 2 of 2"));
    assertThat(worker(0, "--end", "2026-01-01T06", "--wait", "long"), equalTo(2));
    assertThat(err.toString(), containsString("Invalid --wait 'long'"));
    assertThat(work("update", "--store", directory.resolve("tiny.zarr").toString()), equalTo(2));
    assertThat(err.toString(), containsString("one store is named twice"));
  }

  @Test
  void updateThatIsAskedForAgainIsDoneAgain() throws IOException {
    model.publish(0, 0);
    work("backfill", "--end", "2026-01-01T06");
    String first = json().get("job").asText();
    work("update", "--until", "2026-01-01T06");
    String second = json().get("job").asText();
    model.publish(0, 1);

    work("update", "--until", "2026-01-01T06");

    assertThat(json().get("job").asText(), equalTo(second + "-2"));
    assertThat(first.equals(second), equalTo(false));
    assertThat(json().get("fields").asInt(), equalTo(15));
  }

  @Test
  void missingFilesAreListedWithTheirStatus() throws IOException {
    model.publish(0, 0);
    Files.delete(model.file(0, java.time.Duration.ofHours(3)));

    assertThat(work("backfill", "--end", "2026-01-01T06", "--variables", "wind"), equalTo(0));

    JsonNode missing = json().get("missing").get(0);
    assertThat(missing.get("status").asText(), equalTo("not_found"));
    assertThat(missing.get("url").asText(), equalTo("s3://tiny-model/2026010100/f003.grib2"));
    assertThat(missing.get("variables").get(0).asText(), equalTo("wind"));
  }

  @Test
  void refusalHasItsOwnExitCode() {
    publishQuietly();
    work("backfill", "--end", "2026-01-01T06");

    assertThat(work("backfill", "--end", "2026-01-01T06", "--variables", "wind"), equalTo(3));
    assertThat(err.toString(), containsString("refused, nothing was published: the store exists"));
  }

  @Test
  void backfillThatIsOverIsReportedAgainWithoutALookAtItsSources() throws IOException {
    publishQuietly();
    work("backfill", "--end", "2026-01-01T06");
    JsonNode first = json();

    int code =
        work("backfill", "--end", "2026-01-01T06", "--mirror", TinyModel.BUCKET + "=s3://no.where");

    assertThat(err.toString(), code, equalTo(0));
    assertThat(err.toString(), containsString("this job ended at 20"));
    assertThat(json().get("run"), equalTo(first.get("run")));
    assertThat(json().get("fields"), equalTo(first.get("fields")));
  }

  private void publishQuietly() {
    try {
      model.publish(0, 0);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  @Test
  void nothingNewIsDone() throws IOException {
    assertThat(work("backfill", "--end", "2026-01-01T06"), equalTo(0));
    assertThat(json().get("status").asText(), equalTo("nothing_new"));
  }

  @Test
  void wrongUsageIsExplainedWithoutATrace() {
    assertThat(run("update", "nothing", "--store", "/x"), equalTo(2));
    assertThat(err.toString(), containsString("Unknown dataset 'nothing': the catalog has"));
    assertThat(work("update", "--variables", "snow"), equalTo(2));
    assertThat(err.toString(), containsString("Unknown variable 'snow' of tiny"));
    assertThat(work("update", "--until", "soon"), equalTo(2));
    assertThat(work("update"), equalTo(2));
    assertThat(err.toString(), containsString("there is no store to update yet"));
    assertThat(
        run(
            "backfill",
            "noaa-gfs-forecast",
            "--store",
            directory.toString(),
            "--end",
            "2026-01-01",
            "--mirror",
            "s3://noaa-gfs-bdp-pds=gopher://host"),
        equalTo(2));
    assertThat(err.toString(), containsString("name a copy with --mirror PREFIX=URL"));
    assertThat(err.toString().contains("\tat "), equalTo(false));
    assertThat(work("update", "--job", "Not_A_Name"), equalTo(2));
    assertThat(run(), equalTo(2));
  }

  @Test
  void describeTellsEverythingAsJson() throws IOException {
    assertThat(run("describe", "noaa-gfs-forecast", "--json"), equalTo(0));

    assertThat(json().get("variables").size(), equalTo(25));
    assertThat(json().get("dimensions").get(1).get("hours").size(), equalTo(209));
    assertThat(json().get("source").get("inventory").asText(), equalTo(".idx"));
  }

  @Test
  void describeTellsSizesScheduleAndMemory() throws IOException {
    assertThat(run("describe", "noaa-gfs-forecast"), equalTo(0));

    assertThat(
        out.toString(),
        stringContainsInOrder(
            "noaa-gfs-forecast, version 0.2.7: NOAA GFS forecast",
            "every 6 hours from 2021-05-01T00:00:00Z on",
            "hours 0 to 120 by 1, 123 to 384 by 3",
            "from 90.0 to -90.0 degree_north",
            "chunk   5.9 MiB    init_time 1 × lead_time 105 × latitude 121 × longitude 121",
            "shard   422.2 MiB",
            "72 chunks in one object",
            "init_time 1 (6 hours) × all others: 2 shards",
            "valid_time                init_time, lead_time  Valid time",
            "variables: 25, in 1 job for each region",
            "temperature_2m                              degree_Celsius",
            "2 m above ground",
            "{host}: s3://noaa-gfs-bdp-pds, https://nomads.ncep.noaa.gov/",
            "38 5,11,17,23 * * * (cron, UTC), done within 10 minutes",
            "840.4 MiB for the values of a variable"));
    assertThat(out.toString(), containsString("Precipitation rate, made of the source's totals\n"));
    run("describe", "noaa-gfs-forecast", "--json");
    assertThat(json().get("region_job_memory").get("gathered_bytes").asLong(), equalTo(881271072L));
    assertThat(
        json().get("variables").get(0).get("bytes").get("chunk").asLong(), equalTo(6149220L));
    assertThat(json().get("schedule").get("deadline_seconds").asLong(), equalTo(600L));
  }

  @Test
  void datasetWithoutSourcesIsDescribedAndNotUpdated() throws IOException {
    Path catalog = Files.createDirectories(directory.resolve("more"));
    Path builtIn = Path.of("src/main/resources/catalog/nasa-smap-level3-36km-v9/dataset.yaml");
    ObjectNode definition = (ObjectNode) new YAMLMapper().readTree(builtIn.toFile());
    definition.remove("source");
    definition.get("variables").forEach(variable -> ((ObjectNode) variable).remove("source"));
    Files.write(catalog.resolve("smap.yaml"), new YAMLMapper().writeValueAsBytes(definition));
    String[] smap = {"nasa-smap-level3-36km-v9", "--catalog", catalog.toString()};

    assertThat(run("describe", smap[0], smap[1], smap[2]), equalTo(0));
    assertThat(out.toString(), containsString("none: the dataset can be described, not updated"));
    assertThat(out.toString(), containsString("from -17349513.89 to 17349513.96999885 m"));
    String store = directory.resolve("smap.zarr").toString();
    assertThat(run("update", smap[0], smap[1], smap[2], "--store", store), equalTo(2));
    assertThat(Files.exists(Path.of(store)), equalTo(false));
  }

  @Test
  void datasetsAreListed() throws IOException {
    assertThat(run("datasets"), equalTo(0));
    assertThat(out.toString(), containsString("noaa-gfs-forecast"));
    assertThat(run("datasets", "--json"), equalTo(0));
    assertThat(json().isArray(), equalTo(true));
  }

  @Test
  void zarrArraysAreListed() throws IOException {
    model.publish(0, 0);
    work("backfill", "--end", "2026-01-01T06");

    assertThat(run("zarr", "ls", directory.resolve("tiny.zarr").toString(), "--json"), equalTo(0));

    JsonNode wind = null;
    for (JsonNode array : json()) {
      wind = array.get("path").asText().equals("wind") ? array : wind;
    }
    assertThat(wind.get("stored_objects").asInt(), equalTo(4));
    assertThat(wind.get("inner_chunk").toString(), equalTo("[1,2,2,3]"));
    assertThat(run("zarr", "ls", directory.resolve("none").toString()), equalTo(1));
  }
}
