package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FillValueTest {
  private static final Origin ORIGIN = Origin.of("a/zarr.json");

  private static FillValue parse(String dataType, String json) {
    return FillValue.parse(
        ZarrJson.parse(json.getBytes(StandardCharsets.UTF_8), ORIGIN),
        DataType.parse(dataType),
        ORIGIN);
  }

  private static String rewritten(String dataType, String json) {
    String written =
        new String(ZarrJson.write(parse(dataType, json).toJson()), StandardCharsets.UTF_8);
    return written.replaceAll("\\s", "");
  }

  @Test
  void everyFormIsPrintedAsZarrPythonDoes() {
    List<String[]> forms =
        List.of(
            new String[] {"bool", "true", "true"},
            new String[] {"int8", "-128", "-128"},
            new String[] {"int16", "0.0", "0"},
            new String[] {"int64", "-9223372036854775808", "-9223372036854775808"},
            new String[] {"uint8", "255", "255"},
            new String[] {"uint64", "18446744073709551615", "18446744073709551615"},
            new String[] {"float32", "0", "0.0"},
            new String[] {"float32", "0.1", "0.10000000149011612"},
            new String[] {"float16", "0.1", "0.0999755859375"},
            new String[] {"float64", "1e-05", "1e-05"},
            new String[] {"float64", "\"NaN\"", "\"NaN\""},
            new String[] {"float32", "\"0x7fc00000\"", "\"NaN\""},
            new String[] {"float32", "\"0x7fc00001\"", "\"0x7fc00001\""},
            new String[] {"float32", "\"0x3f800000\"", "1.0"},
            new String[] {"float16", "\"-Infinity\"", "\"-Infinity\""},
            new String[] {"complex64", "[1,\"NaN\"]", "[1.0,\"NaN\"]"},
            new String[] {"complex128", "[\"Infinity\",-0.5]", "[\"Infinity\",-0.5]"},
            new String[] {"r16", "[1,255]", "[1,255]"});

    for (String[] form : forms) {
      assertThat(form[0] + " " + form[1], rewritten(form[0], form[1]), equalTo(form[2]));
    }
  }

  @Test
  void valuesThatTheTypeDoesNotHaveAreRefused() {
    List<String[]> forms =
        List.of(
            new String[] {"bool", "1"},
            new String[] {"int8", "128"},
            new String[] {"int8", "0.5"},
            new String[] {"int32", "\"1\""},
            new String[] {"uint8", "-1"},
            new String[] {"uint64", "18446744073709551616"},
            new String[] {"float32", "\"nan\""},
            new String[] {"float32", "\"0x7fc0\""},
            new String[] {"float64", "true"},
            new String[] {"complex64", "1"},
            new String[] {"complex64", "[1]"},
            new String[] {"r16", "[1]"},
            new String[] {"r16", "[1,256]"});

    for (String[] form : forms) {
      CorruptInputException refused =
          assertThrows(
              CorruptInputException.class, () -> parse(form[0], form[1]), form[0] + form[1]);
      assertThat(
          refused.getMessage(),
          equalTo(
              "Cannot read metadata in a/zarr.json: 'fill_value' is "
                  + form[1]
                  + ", expected a value of data type "
                  + form[0]));
    }
  }

  @Test
  void fillsBuffersAndRecognisesThem() {
    FillValue value = FillValue.of(DataType.INT16, 0x0102);
    ByteBuffer target = ByteBuffer.allocate(16).position(1).limit(15);

    value.fill(target);

    byte[] expected = {0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 0};
    assertThat(target.array(), equalTo(expected));
    assertThat(value.fills(target), equalTo(true));
    assertThat(value.fills(ByteBuffer.allocate(0)), equalTo(true));
    for (int i = 1; i < 15; i++) {
      target.put(i, (byte) 9);
      assertThat(value.fills(target), equalTo(false));
      target.put(i, expected[i]);
    }
  }

  @Test
  void equalBitsAreEqualValues() {
    assertThat(FillValue.nan(DataType.FLOAT32), equalTo(parse("float32", "\"NaN\"")));
    assertThat(
        FillValue.of(DataType.FLOAT32, 0).equals(FillValue.of(DataType.FLOAT32, -0.0)),
        equalTo(false));
    assertThat(
        FillValue.zero(DataType.INT16).equals(FillValue.zero(DataType.UINT16)), equalTo(false));
  }

  @Test
  void numbersOutsideOfTheTypeAreRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> FillValue.of(DataType.INT8, 200));

    assertThat(refused.getMessage(), equalTo("Invalid value 200 for data type int8"));
  }
}
