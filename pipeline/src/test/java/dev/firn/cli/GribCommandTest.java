package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.field.Field;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.Parameter;
import dev.firn.io.field.RegularAxis;
import dev.firn.io.grib.GribWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GribCommandTest {
  private static final LatLonGrid GRID =
      new LatLonGrid(RegularAxis.degrees(10, 0, 2), RegularAxis.degrees(0, 40, 3));
  private static final Field FIELD = new Field(GRID, new float[] {1, 2, Float.NaN, 4, 5, 8});

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final byte[] pair =
      GribWriter.message().field(FIELD).nextField().parameter(new Parameter(0, 2, 2)).toBytes();
  private Path file;

  @BeforeEach
  void writePairAndSingleField() throws IOException {
    file = directory.resolve("fields.grib2");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(pair);
    bytes.writeBytes(GribWriter.message().parameter(new Parameter(0, 3, 1)).field(FIELD).toBytes());
    Files.write(file, bytes.toByteArray());
  }

  private int grib(String... arguments) {
    return Firn.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(Stream.concat(Stream.of("grib"), Arrays.stream(arguments)).toArray(String[]::new));
  }

  @Test
  void fieldsAreNumberedOverAllMessages() {
    int code = grib("ls", file.toString());

    List<String> lines = out.toString().lines().toList();
    assertThat(err.toString(), code, equalTo(0));
    assertThat(lines.size(), equalTo(4));
    assertThat(lines.get(0), startsWith("index  offset  centre  shortName "));
    assertThat(lines.get(2), startsWith("1      0 "));
    assertThat(lines.get(3), startsWith("2      " + pair.length + " "));
  }

  @Test
  void listingIsOneJsonArray() throws IOException {
    int code = grib("ls", file.toString(), "--json");

    JsonNode fields = new ObjectMapper().readTree(out.toString());
    assertThat(code, equalTo(0));
    assertThat(fields.size(), equalTo(3));
    assertThat(fields.get(1).get("category").asInt(), equalTo(2));
    assertThat(fields.get(1).get("grid").get("columns").asInt(), equalTo(3));
    assertThat(fields.get(2).get("referenceTime").asText(), equalTo("2000-01-01T00:00:00Z"));
  }

  @Test
  void valuesComeWithTheirPlacesAfterASummary() {
    int code = grib("values", file.toString(), "2");

    assertThat(err.toString(), code, equalTo(0));
    assertThat(
        out.toString().lines().toList(),
        equalTo(
            List.of(
                "# 6 values, 1 missing, min 1.0, max 8.0, mean 4.00000",
                "10.0 0.0 1.0",
                "10.0 20.0 2.0",
                "10.0 40.0 NaN",
                "0.0 0.0 4.0",
                "0.0 20.0 5.0",
                "0.0 40.0 8.0")));
  }

  @Test
  void rawValuesAreLittleEndianFloats() {
    assertThat(
        HexFormat.of().formatHex(LittleEndian.bytes(FIELD.values())),
        equalTo("0000803f000000400000c07f000080400000a04000000041"));
  }

  @Test
  void rawCoordinatesAreLittleEndianDoubles() {
    assertThat(
        HexFormat.of().formatHex(LittleEndian.bytes(new double[] {10, -0.5})),
        equalTo("0000000000002440000000000000e0bf"));
    assertThat(grib("coordinates", file.toString(), "3", "--raw"), equalTo(2));
  }

  @Test
  void numberOutOfRangeIsWrongUsage() {
    assertThat(grib("values", file.toString(), "3"), equalTo(2));
    assertThat(
        err.toString(), equalTo("firn: Invalid field number 3: " + file + " has fields 0 to 2\n"));
    assertThat(grib("values", file.toString(), "-1"), equalTo(2));
  }

  @Test
  void fileThatIsNotThereOrNotGribFails() throws IOException {
    Path text = Files.writeString(directory.resolve("notes.txt"), "no message here");

    assertThat(grib("ls", directory.resolve("none").toString()), equalTo(1));
    assertThat(err.toString(), containsString("none: there is no such file"));
    assertThat(grib("values", text.toString(), "0"), equalTo(1));
    assertThat(err.toString(), containsString(text + ": there is no GRIB2 message in it"));
    assertThat(grib("ls", text.toString()), equalTo(1));
  }

  @Test
  void cutMessageFailsWithItsOffset() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 10));

    assertThat(grib("ls", file.toString()), equalTo(1));
    assertThat(err.toString(), containsString("(message at byte " + pair.length + ", section 0"));
    assertThat(out.toString().lines().count(), equalTo(3L));
    assertThat(grib("values", file.toString(), "0"), equalTo(0));
  }

  @Test
  void listingGoesOnAfterMessagesThatCannotBeRead() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    whole[pair.length - 1] = '8';
    Files.write(file, whole);

    int code = grib("ls", file.toString());

    assertThat(code, equalTo(1));
    assertThat(
        err.toString(),
        allOf(startsWith("firn: Cannot read "), containsString("message at byte 0, section 8")));
    assertThat(out.toString().lines().count(), equalTo(2L));
  }

  @Test
  void messagesOfEdition1AreNamedAndSkipped() throws IOException {
    byte[] edition1 = {'G', 'R', 'I', 'B', 0, 0, 12, 1, '7', '7', '7', '7'};
    Path alone = Files.write(directory.resolve("alone.grib"), edition1);
    Files.write(file, edition1, StandardOpenOption.APPEND);
    Files.write(file, edition1, StandardOpenOption.APPEND);
    long first = Files.size(file) - 2L * edition1.length;

    assertThat(grib("ls", file.toString()), equalTo(0));
    assertThat(
        err.toString(),
        equalTo(
            "firn: Skipped 2 messages of GRIB edition 1, which is unsupported; the first is at byte "
                + first
                + "\n"));
    assertThat(out.toString().lines().count(), equalTo(4L));
    assertThat(grib("ls", alone.toString()), equalTo(1));
    assertThat(err.toString(), containsString("Skipped 1 message of GRIB edition 1"));
    assertThat(err.toString(), containsString("there is no GRIB2 message in it"));
  }

  @Test
  void sectionsThatAreNotListedAreExplained() throws IOException {
    byte[] field = GribWriter.message().field(FIELD).toBytes();
    int gridSection = 16 + 21;
    field[gridSection + 13] = 1; // template 3.1, which has three numbers more
    Files.write(file, field);

    assertThat(grib("ls", file.toString()), equalTo(0));
    assertThat(
        err.toString(),
        allOf(
            startsWith("firn: Field 0: Cannot read octets 73 to 76 in "),
            containsString("section 3, octet 1): the section has 72 octets")));
    assertThat(out.toString(), containsString("grid_simple"));
  }

  private List<JsonNode> export(int expectedCode, Path... files) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("export", "--coordinates", "--to"));
    arguments.add(directory.resolve("out").toString());
    Arrays.stream(files).map(Path::toString).forEach(arguments::add);
    assertThat(err.toString(), grib(arguments.toArray(String[]::new)), equalTo(expectedCode));
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private byte[] exported(JsonNode line, String kind) throws IOException {
    return Files.readAllBytes(directory.resolve("out").resolve(line.get(kind).asText()));
  }

  @Test
  void exportNumbersFieldsOnFromFileToFile() throws IOException {
    Path other = Files.write(directory.resolve("other.grib2"), pair);

    List<JsonNode> lines = export(0, file, other);

    assertThat(lines.size(), equalTo(5));
    JsonNode last = lines.get(4);
    assertThat(last.get("file").asText(), equalTo(other.toString()));
    assertThat(last.get("status").asText(), equalTo("decoded"));
    assertThat(last.get("index").asInt(), equalTo(1));
    assertThat(last.get("category").asInt(), equalTo(2));
    assertThat(last.get("values").asText(), equalTo("4.f32"));
    assertThat(exported(last, "values"), equalTo(LittleEndian.bytes(FIELD.values())));
  }

  @Test
  void exportedFieldsOnTheSameGridShareCoordinates() throws IOException {
    List<JsonNode> lines = export(0, file);

    assertThat(lines.get(2).get("latitudes").asText(), equalTo("0.lat.f64"));
    assertThat(
        exported(lines.get(2), "longitudes"),
        equalTo(LittleEndian.bytes(new double[] {0, 20, 40, 0, 20, 40})));
  }

  @Test
  void exportGoesOnAfterWhatCannotBeRead() throws IOException {
    byte[] broken = pair.clone();
    broken[16 + 4] = 9;
    byte[] whole = Files.readAllBytes(file);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(broken);
    bytes.writeBytes(whole);
    bytes.writeBytes(Arrays.copyOf(whole, 100));
    Files.write(file, bytes.toByteArray());

    List<JsonNode> lines = export(1, file);

    assertThat(
        lines.stream().map(line -> line.get("status").asText()).toList(),
        equalTo(List.of("corrupt", "decoded", "decoded", "decoded", "corrupt")));
    assertThat(lines.get(0).get("offset").asInt(), equalTo(0));
    assertThat(
        lines.get(0).get("error").asText(),
        equalTo(
            "Cannot read sections in "
                + file
                + " at byte 20 (message at byte 0, section 1, octet 5): section 9 after section 0"));
    assertThat(
        lines.get(4).get("error").asText(),
        containsString("message at byte " + (pair.length + whole.length) + ", section 0"));
  }
}
