package dev.firn.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.lessThan;

import dev.firn.io.Origin;
import dev.firn.io.field.Field;
import dev.firn.io.grib.GribField;
import dev.firn.io.grib.GribFile;
import dev.firn.io.grib.NoaaIndex;
import dev.firn.io.grib.NoaaIndexEntry;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoModelTest {
  private static final Duration LEAD = Duration.ofHours(9);

  @TempDir static Path bucket;
  private static DemoModel model;
  private static DemoModel.Published first;

  @BeforeAll
  static void publishFirst() throws IOException {
    model = new DemoModel(bucket);
    first = model.publishFirst();
  }

  private static List<GribField> fields(Duration lead) throws IOException {
    Path file = model.file(DemoModel.FIRST_INIT, lead);
    return GribFile.of(Files.readAllBytes(file), Origin.of(file.toString(), 0))
        .messages()
        .flatMap(message -> message.fields().stream())
        .toList();
  }

  private static List<NoaaIndexEntry> inventory(Duration lead) throws IOException {
    return index(lead).entries();
  }

  private static NoaaIndex index(Duration lead) throws IOException {
    Path file = model.file(DemoModel.FIRST_INIT, lead);
    Path inventory = file.resolveSibling(file.getFileName() + ".idx");
    return NoaaIndex.parse(Files.readString(inventory), Origin.of(inventory.toString()));
  }

  @Test
  void firstForecastHasItsFilesButTheLast() {
    assertThat(first.files(), equalTo(12));
    assertThat(
        model.file(DemoModel.FIRST_INIT, LEAD),
        equalTo(bucket.resolve("demo.20260101/00/atmos/demo.t00z.global.1p50.f009")));
    assertThat(Files.exists(model.file(DemoModel.FIRST_INIT, Duration.ofHours(33))), equalTo(true));
    assertThat(Files.exists(model.file(DemoModel.FIRST_INIT, DemoModel.LAST_LEAD)), equalTo(false));
  }

  @Test
  void inventoryNamesEveryFieldAndWhereItIs() throws IOException {
    Path file = model.file(DemoModel.FIRST_INIT, LEAD);

    NoaaIndex index = index(LEAD);

    assertThat(index.entries().size(), equalTo(ModelField.values().length));
    byte[] bytes = Files.readAllBytes(file);
    for (NoaaIndexEntry entry : index.entries()) {
      ByteRange range = index.rangeOf(entry, OptionalLong.of(bytes.length));
      byte[] message = Arrays.copyOfRange(bytes, (int) range.offset(), (int) range.end());
      GribField field =
          GribFile.of(message, Origin.of("message", 0)).messages().toList().get(0).fields().get(0);
      ModelField listed = List.of(ModelField.values()).get(entry.message() - 1);
      assertThat(entry.element(), equalTo(listed.element()));
      assertThat(field.parameter(), equalTo(listed.parameter()));
      assertThat(field.level(), equalTo(listed.level()));
      assertThat(field.leadTime(), equalTo(LEAD));
      assertThat(field.interval(), equalTo(listed.interval(LEAD)));
    }
  }

  @Test
  void inventoryWordsWindowsAsNoaaDoes() throws IOException {
    List<String> windows = inventory(LEAD).stream().map(NoaaIndexEntry::window).toList();

    assertThat(
        windows,
        hasItems("9 hour fcst", "6-9 hour acc fcst", "6-9 hour ave fcst", "6-9 hour max fcst"));
    assertThat(
        inventory(Duration.ofHours(6)).stream().map(NoaaIndexEntry::window).toList(),
        hasItems("6 hour fcst", "0-6 hour acc fcst"));
  }

  @Test
  void nothingHasGatheredAtTheStart() throws IOException {
    List<NoaaIndexEntry> atStart = inventory(Duration.ZERO);

    assertThat(atStart.size(), equalTo(7));
    assertThat(
        atStart.stream().map(NoaaIndexEntry::window).distinct().toList(), equalTo(List.of("anl")));
  }

  @Test
  void decodedValuesAreTheForecastsWithinThePackingStep() throws IOException {
    Map<ModelField, float[]> expected =
        new Forecast(new Planet(), DemoModel.FIRST_INIT).fields(LEAD);

    List<GribField> fields = fields(LEAD);

    for (ModelField which : ModelField.values()) {
      Field decoded = one(fields, which, LEAD).decode();
      float[] wanted = expected.get(which);
      double step = range(wanted) / (1 << (which.packing().bits() - 1));
      assertThat(decoded.grid(), equalTo(Planet.GRID));
      for (int point = 0; point < wanted.length; point++) {
        assertThat(which.name(), (double) decoded.values()[point], closeTo(wanted[point], step));
      }
    }
  }

  private static double range(float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return max - min;
  }

  @Test
  void simplePackingAndDifferencesAreBothThere() throws IOException {
    List<Integer> templates =
        fields(LEAD).stream().map(GribField::dataTemplate).distinct().toList();

    assertThat(templates, hasItems(0, 3));
  }

  @Test
  void totalsOfRainArePackedExactly() throws IOException {
    float[] three = rain(Duration.ofHours(3));
    float[] six = rain(Duration.ofHours(6));

    int wet = 0;
    for (int point = 0; point < six.length; point++) {
      assertThat(three[point] * 64 % 1, equalTo(0f));
      assertThat("falls at " + point, six[point] < three[point], equalTo(false));
      wet += six[point] > 0 ? 1 : 0;
    }
    assertThat(wet, lessThan(six.length / 2));
    assertThat(wet > six.length / 20, equalTo(true));
  }

  private static float[] rain(Duration lead) throws IOException {
    return one(fields(lead), ModelField.PRECIPITATION, lead).decode().values();
  }

  @Test
  void flawedFileIsReplacedAndTheRestFollows(@TempDir Path other) throws IOException {
    DemoModel again = new DemoModel(other);
    again.publishFirst();
    Path flawed = again.file(DemoModel.FIRST_INIT, DemoModel.FLAWED_LEAD);
    byte[] before = Files.readAllBytes(flawed);
    float[] cold = temperatures(before);

    DemoModel.Published second = again.publishSecond();

    assertThat(second.files(), equalTo(15));
    float[] right = temperatures(Files.readAllBytes(flawed));
    assertThat((double) right[5000] - cold[5000], closeTo(DemoModel.FLAW_KELVIN, 0.02));
    assertThat(Files.exists(again.file(DemoModel.FIRST_INIT, DemoModel.LAST_LEAD)), equalTo(true));
    assertThat(Files.exists(again.file(DemoModel.SECOND_INIT, DemoModel.LAST_LEAD)), equalTo(true));
    assertThat(
        Files.mismatch(
            model.file(DemoModel.FIRST_INIT, LEAD), again.file(DemoModel.FIRST_INIT, LEAD)),
        equalTo(-1L));
  }

  private static float[] temperatures(byte[] file) {
    List<GribField> fields =
        GribFile.of(file, Origin.of("file", 0))
            .messages()
            .flatMap(message -> message.fields().stream())
            .toList();
    return one(fields, ModelField.TEMPERATURE, DemoModel.FLAWED_LEAD).decode().values();
  }

  private static GribField one(List<GribField> fields, ModelField which, Duration lead) {
    return fields.stream()
        .filter(field -> field.parameter().equals(which.parameter()))
        .filter(field -> field.interval().equals(which.interval(lead)))
        .findFirst()
        .orElseThrow();
  }
}
