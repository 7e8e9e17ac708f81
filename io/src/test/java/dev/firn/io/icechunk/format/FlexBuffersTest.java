package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.Origin;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlexBuffersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode read(byte[] bytes) {
    FlatBytes file = new FlatBytes(bytes, FileType.REPO_INFO, Origin.of("repo"));
    return FlexReader.read(Bytes.of(bytes), file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "0",
        "255",
        "-1",
        "-128",
        "-70000",
        "65536",
        "9223372036854775807",
        "18446744073709551615",
        "-9223372036854775808",
        "0.25",
        "-1.0E300",
        "\"\"",
        "\"\u00E4\u2744\"",
        "[]",
        "{}",
        "[null,1,-300,2.5,\"x\",[true],{\"k\":[]}]",
        "{\"a\":{\"b\":1,\"c\":null},\"b\":[1,2,3],\"c\":\"text\",\"d\":{\"b\":70000}}"
      })
  void jsonIsReadBack(String text) throws JsonProcessingException {
    JsonNode json = JSON.readTree(text);

    assertThat(read(FlexWriter.write(json)), equalTo(json));
  }

  @Test
  void longVectorsNeedWiderPointers() throws JsonProcessingException {
    for (int count : new int[] {50, 60, 70, 300, 20_000, 70_000}) {
      String list =
          IntStream.range(0, count)
              .mapToObj(i -> "\"item " + i + "\"")
              .collect(Collectors.joining(","));
      JsonNode json =
          JSON.readTree("{\"first\":[" + list + "],\"last\":{\"first\":[" + count + "]}}");

      assertThat(read(FlexWriter.write(json)), equalTo(json));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0d 04 01 | 13",
        "02 68 69 00 03 14 01 | \"hi\"",
        "03 01 02 03 03 30 01 | [1,2,3]",
        "01 02 03 03 4c 01 | [1,2,3]",
        "03 01 00 01 03 90 01 | [true,false,true]",
        "61 00 01 03 01 01 01 01 04 02 24 01 | {\"a\":1}",
        "00 00 00 3f 0e 04 | 0.5",
        "01 68 01 | true"
      })
  void bytesWrittenByHandAreRead(String hex, String text) throws JsonProcessingException {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);

    assertThat(read(bytes), equalTo(JSON.readTree(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "01 | a pointer to byte -1",
        "0d 04 03 | a root of 3 bytes",
        "05 28 01 | a pointer back over 5 bytes",
        "00 64 01 | a value of type 25"
      })
  void otherBytesAreRefused(String hex, String reason) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);

    IcechunkException refused = assertThrows(IcechunkException.class, () -> read(bytes));

    assertThat(
        refused.getMessage(),
        is(
            "Cannot read repo info in repo: a FlexBuffers value of "
                + bytes.length
                + " bytes has "
                + reason));
  }
}
