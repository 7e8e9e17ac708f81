package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.demo.DemoModel;
import dev.firn.io.Origin;
import dev.firn.io.grib.GribField;
import dev.firn.io.grib.GribFile;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.io.zarr.NodePath;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One demo, run twice in the same directory: first told, then as JSON. */
@Timeout(120)
class DemoCommandTest {
  private static final int ROWS = 121;
  private static final int COLUMNS = 240;
  private static final int TEMPERATURE = 1;
  private static final int PRECIPITATION = 7;

  @TempDir static Path parent;
  private static Path directory;
  private static String told;
  private static JsonNode document;

  private record Result(int code, String out, String err) {}

  @BeforeAll
  static void runTwice() throws IOException {
    directory = parent.resolve("demo");
    Result first = firn("demo", "--dir", directory.toString());
    assertThat(first.err(), first.code(), equalTo(0));
    told = first.out();
    Files.writeString(directory.resolve("notes.txt"), "mine");
    Result second = firn("demo", "--dir", directory.toString(), "--runner", "direct", "--json");
    assertThat(second.err(), second.code(), equalTo(0));
    document = new ObjectMapper().readTree(second.out());
  }

  private static Result firn(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Firn.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private static Path store() {
    return directory.resolve("archive/firn-demo/v0.1.0.icechunk");
  }

  private static float[] stored(String variable, int position, int lead) throws IOException {
    try (ObjectStore store = ObjectStores.open(store().toString())) {
      return Repository.open(store)
          .orElseThrow()
          .readOnly(Version.branch("main"))
          .group()
          .orElseThrow()
          .array(new NodePath(variable))
          .read(new long[] {position, lead, 0, 0}, new int[] {1, 1, ROWS, COLUMNS})
          .toFloats();
    }
  }

  /** The values of the model's file, with columns where the store has them. */
  private static float[] published(Instant init, Duration lead, int number) throws IOException {
    Path file = new DemoModel(directory.resolve("bucket")).file(init, lead);
    List<GribField> fields =
        GribFile.of(Files.readAllBytes(file), Origin.of(file.toString(), 0))
            .messages()
            .flatMap(message -> message.fields().stream())
            .toList();
    float[] values = fields.get(number).decode().values();
    float[] rolled = new float[values.length];
    for (int point = 0; point < values.length; point++) {
      int column = (point % COLUMNS + COLUMNS / 2) % COLUMNS;
      rolled[point] = values[point / COLUMNS * COLUMNS + column];
    }
    return rolled;
  }

  @Test
  void tellsWhatTheUpdateChanged() {
    assertThat(
        told,
        allOf(
            containsString("$ ./firn backfill firn-demo "),
            containsString("Readers see 1 forecast. The first has 33 of 36 hours;"),
            containsString("$ ./firn update firn-demo "),
            containsString("Readers see 2 forecasts. The first has 36 of 36 hours;"),
            containsString("icechunk.Repository.open(")));
  }

  @Test
  void documentHasBothOutcomesAndTimes() {
    assertThat(document.at("/backfill/extent_after").asInt(), equalTo(1));
    assertThat(document.at("/backfill/files/not_found").asInt(), greaterThan(0));
    assertThat(document.at("/update/extent_after").asInt(), equalTo(2));
    assertThat(document.at("/update/region_jobs").asInt(), equalTo(6));
    assertThat(document.at("/update/files/not_found").isMissingNode(), equalTo(true));
    assertThat(
        document.at("/update/seen/first_forecast_mean_celsius_at_hour_12").asDouble()
            - document.at("/backfill/seen/first_forecast_mean_celsius_at_hour_12").asDouble(),
        closeTo(DemoModel.FLAW_KELVIN, 0.05));
    assertThat(document.at("/seconds/total").asDouble(), greaterThan(0.0));
  }

  @Test
  void secondRunLeavesForeignFilesAlone() throws IOException {
    assertThat(Files.readString(directory.resolve("notes.txt")), equalTo("mine"));
  }

  @Test
  void storedTemperaturesAreTheModelsInCelsius() throws IOException {
    for (int hours : new int[] {0, 12, 36}) {
      float[] kelvin = published(DemoModel.FIRST_INIT, Duration.ofHours(hours), TEMPERATURE);
      float[] celsius = stored("temperature_2m", 0, hours / 3);
      for (int point = 0; point < kelvin.length; point++) {
        double expected = kelvin[point] - 273.15;
        double rounding = Math.abs(expected) / 256 + 1e-4;
        assertThat((double) celsius[point], closeTo(expected, rounding));
      }
    }
  }

  @Test
  void ratesOfPrecipitationAddUpToTheTotals() throws IOException {
    float[] total = published(DemoModel.SECOND_INIT, Duration.ofHours(24), PRECIPITATION);
    float[] threeHours = stored("precipitation_surface", 1, 7);
    float[] sixHours = stored("precipitation_surface", 1, 8);

    double wettest = 0;
    for (int point = 0; point < total.length; point++) {
      double sum = 3 * 3600 * ((double) threeHours[point] + sixHours[point]);
      assertThat(sum, closeTo(total[point], total[point] / 128 + 1e-6));
      wettest = Math.max(wettest, sum);
    }
    assertThat(wettest, greaterThan(5.0));
  }

  @Test
  void everythingIsThereButWhatHasNotGatheredAtTheStart() throws IOException {
    for (String gathered :
        List.of(
            "precipitation_surface", "total_cloud_cover_atmosphere", "maximum_temperature_2m")) {
      assertThat(gathered, missing(gathered, 0), equalTo(2 * ROWS * COLUMNS));
      assertThat(gathered, missing(gathered, 1) + missing(gathered, 12), equalTo(0));
    }
    for (String instant :
        List.of("pressure_reduced_to_mean_sea_level", "wind_u_10m", "relative_humidity_2m")) {
      assertThat(instant, missing(instant, 0) + missing(instant, 12), equalTo(0));
    }
  }

  /** How many values both forecasts lack at a lead time. */
  private static int missing(String variable, int lead) throws IOException {
    int missing = 0;
    for (int position = 0; position < 2; position++) {
      for (float value : stored(variable, position, lead)) {
        missing += Float.isNaN(value) ? 1 : 0;
      }
    }
    return missing;
  }

  @Test
  void mapIsAPicture() throws IOException {
    BufferedImage map = ImageIO.read(directory.resolve("map.png").toFile());

    assertThat(map.getWidth(), equalTo(1200));
    assertThat(map.getRGB(600, 330) == map.getRGB(600, 580), equalTo(false));
  }

  @Test
  void plotTakesTheNewestForecastAndTheFirstLeadTimeWithData() {
    String picture = parent.resolve("rain.png").toString();

    Result plotted = firn("plot", store().toString(), "precipitation_surface", "-o", picture);

    assertThat(plotted.err(), plotted.code(), equalTo(0));
    assertThat(
        plotted.out(),
        equalTo(
            picture
                + ": Precipitation rate, Firn demo forecast: 2026-01-01 06:00 UTC + 3 h, valid"
                + " 2026-01-01 09:00 UTC\n"));
  }

  @Test
  void plotTakesIndicesAndValues() {
    String picture = parent.resolve("wind.png").toString();

    Result plotted =
        firn(
            "plot",
            store().toString(),
            "wind_u_10m",
            "--at",
            "init_time=2026-01-01,lead_time=-1",
            "-o",
            picture);

    assertThat(plotted.err(), plotted.code(), equalTo(0));
    assertThat(plotted.out(), containsString("2026-01-01 00:00 UTC + 36 h"));
  }

  @Test
  void plotExplainsWhatItCannotDraw() {
    assertThat(plotError("nothing"), containsString("Unknown variable 'nothing': the store has "));
    assertThat(
        plotError("valid_time"),
        containsString(
            "Cannot plot 'valid_time': its dimensions are [init_time, lead_time], expected latitudes"
                + " and longitudes last"));
    assertThat(
        plotError("wind_u_10m", "--at", "lead_time=25h"),
        containsString("Invalid value '25h' of lead_time: it goes from 0 h to 36 h"));
    assertThat(
        plotError("wind_u_10m", "--at", "member=3"),
        containsString("Unknown dimension 'member': a map is chosen by init_time, lead_time"));
  }

  private static String plotError(String... arguments) {
    List<String> all = new ArrayList<>(List.of("plot", store().toString()));
    all.addAll(List.of(arguments));
    all.addAll(List.of("-o", parent.resolve("none.png").toString()));
    Result failed = firn(all.toArray(String[]::new));
    assertThat(failed.code(), equalTo(2));
    return failed.err();
  }

  @Test
  void emptySliceIsNotDrawn() {
    String picture = parent.resolve("none.png").toString();

    Result failed =
        firn(
            "plot",
            store().toString(),
            "precipitation_surface",
            "--at",
            "lead_time=0h",
            "-o",
            picture);

    assertThat(failed.code(), equalTo(1));
    assertThat(
        failed.err(),
        containsString("Cannot plot 'precipitation_surface': it has no values at {lead_time=0h}"));
  }

  @Test
  void directoryOfOthersIsRefused() throws IOException {
    Path mine = Files.createDirectories(parent.resolve("mine"));
    Files.writeString(mine.resolve("thesis.txt"), "years of work");

    Result refused = firn("demo", "--dir", mine.toString());

    assertThat(refused.code(), equalTo(2));
    assertThat(refused.err(), containsString("it has files that the demo did not write"));
    assertThat(Files.readString(mine.resolve("thesis.txt")), equalTo("years of work"));
  }
}
