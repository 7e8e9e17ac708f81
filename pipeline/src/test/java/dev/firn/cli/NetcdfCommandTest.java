package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetcdfCommandTest {
  private static final short[] PACKED = {10, 20, -1, 40, 50, 60};

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.write(directory.resolve("small.nc"), classicFile());
  }

  /** Variable {@code v(y=2, x=3)}, halves of a packed number, with a missing value. */
  private static byte[] classicFile() {
    ByteBuffer bytes = ByteBuffer.allocate(500);
    bytes.put("CDF\1".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    bytes.putInt(10).putInt(2);
    name(bytes, "y").putInt(2);
    name(bytes, "x").putInt(3);
    bytes.putInt(0).putInt(0);
    bytes.putInt(11).putInt(1);
    name(bytes, "v").putInt(2).putInt(0).putInt(1);
    bytes.putInt(12).putInt(2);
    name(bytes, "scale_factor").putInt(5).putInt(1).putFloat(0.5f);
    name(bytes, "_FillValue").putInt(3).putInt(1).putShort((short) -1).putShort((short) 0);
    int begin = bytes.position() + 12;
    bytes.putInt(3).putInt(12).putInt(begin);
    for (short value : PACKED) {
      bytes.putShort(value);
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static ByteBuffer name(ByteBuffer bytes, String name) {
    bytes.putInt(name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
    return bytes.position((bytes.position() + 3) / 4 * 4);
  }

  private int netcdf(String... arguments) {
    return Firn.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            Stream.concat(Stream.of("netcdf"), Arrays.stream(arguments)).toArray(String[]::new));
  }

  @Test
  void listingNamesFormatAndVariables() {
    int code = netcdf("ls", file.toString());

    List<String> lines = out.toString().lines().toList();
    assertThat(err.toString(), code, equalTo(0));
    assertThat(lines.get(0), equalTo("NetCDF-3 classic"));
    assertThat(lines.get(2), allOf(startsWith("/v "), containsString("y=2 x=3")));
  }

  @Test
  void listingAsJsonHasAllAttributes() throws IOException {
    int code = netcdf("ls", file.toString(), "--json");

    assertThat(code, equalTo(0));
    assertThat(
        new ObjectMapper().readTree(out.toString()).toString(),
        allOf(containsString("scale_factor"), containsString("_FillValue")));
  }

  @Test
  void valuesAreDecodedAndHaveTheirIndices() {
    int code = netcdf("values", file.toString(), "v");

    assertThat(code, equalTo(0));
    assertThat(
        out.toString().lines().toList(),
        equalTo(
            List.of(
                "[0, 0] 5.0",
                "[0, 1] 10.0",
                "[0, 2] NaN",
                "[1, 0] 20.0",
                "[1, 1] 25.0",
                "[1, 2] 30.0")));
  }

  @Test
  void variablesThatAreNotThereAreWrongUsage() {
    int code = netcdf("values", file.toString(), "/nothing");

    assertThat(code, equalTo(ExitCode.WRONG_USAGE));
    assertThat(err.toString(), equalTo("firn: There is no variable /nothing in " + file + "\n"));
  }

  @Test
  void exportWritesValuesAndALineForEachThing() throws IOException {
    Path to = directory.resolve("exported");

    int code = netcdf("export", "--to", to.toString(), file.toString());

    List<String> lines = out.toString().lines().toList();
    JsonNode opened = new ObjectMapper().readTree(lines.get(0));
    JsonNode read = new ObjectMapper().readTree(lines.get(1));
    assertThat(code, equalTo(0));
    assertThat(opened.get("status").asText(), equalTo("opened"));
    assertThat(read.get("status").asText(), equalTo("read"));
    ByteBuffer decoded =
        ByteBuffer.wrap(Files.readAllBytes(to.resolve(read.get("decoded").asText())))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(decoded.getFloat(4), equalTo(10f));
    assertThat(Files.size(to.resolve(read.get("values").asText())), equalTo(12L));
  }

  @Test
  void exportGoesOnAfterWhatCannotBeRead() throws IOException {
    Path cut =
        Files.write(directory.resolve("cut.nc"), Arrays.copyOf(Files.readAllBytes(file), 60));

    int code =
        netcdf(
            "export",
            "--to",
            directory.resolve("exported").toString(),
            cut.toString(),
            file.toString());

    List<String> lines = out.toString().lines().toList();
    JsonNode failed = new ObjectMapper().readTree(lines.get(0));
    assertThat(code, equalTo(ExitCode.FAILED));
    assertThat(failed.get("status").asText(), equalTo("corrupt"));
    assertThat(failed.get("error").asText(), containsString("cut.nc at byte "));
    assertThat(lines.size(), equalTo(3));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    int code = netcdf("ls", directory.resolve("none.nc").toString());

    assertThat(code, equalTo(ExitCode.FAILED));
    assertThat(err.toString(), containsString("none.nc: there is no such file"));
  }

  @Test
  void aCommandIsNeeded() {
    int code = netcdf();

    assertThat(code, equalTo(ExitCode.WRONG_USAGE));
    assertThat(err.toString(), containsString("A command is missing: firn netcdf ls FILE"));
  }
}
