package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ZarrJsonTest {

  private static String rewritten(String json) {
    byte[] document = json.getBytes(StandardCharsets.UTF_8);
    byte[] written = ZarrJson.write(ZarrJson.parse(document, Origin.of("x/zarr.json")));
    return new String(written, StandardCharsets.US_ASCII);
  }

  @Test
  void containersAreIndentedByTwoSpacesAndEmptyOnesAreNot() {
    String written = rewritten("{\"a\":[1,[],{}],\"b\":{\"c\":null,\"d\":true}}");

    assertThat(
        written,
        equalTo(
            """
            {
              "a": [
                1,
                [],
                {}
              ],
              "b": {
                "c": null,
                "d": true
              }
            }"""));
  }

  @Test
  void textIsAsciiWithPythonsEscapes() {
    String written = rewritten("\"a/\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u007f°é\uD83C\uDF27\"");

    assertThat(
        written,
        equalTo("\"a/\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u007f\\u00b0\\u00e9\\ud83c\\udf27\""));
  }

  @Test
  void numbersKeepTheirKind() {
    String written =
        rewritten("[1,-9223372036854775808,18446744073709551616,1.0,1E5,0.00001,NaN,-Infinity]");

    assertThat(
        written.replaceAll("\\s", ""),
        equalTo("[1,-9223372036854775808,18446744073709551616,1.0,100000.0,1e-05,NaN,-Infinity]"));
  }

  @Test
  void whatIsNotJsonIsRefusedWithOrigin() {
    for (String document : new String[] {"{", "{} x", ""}) {
      CorruptInputException refused =
          assertThrows(
              CorruptInputException.class,
              () ->
                  NodeMetadata.parse(
                      document.getBytes(StandardCharsets.UTF_8), Origin.of("x/zarr.json")));
      assertThat(refused.getMessage(), startsWith("Cannot read "));
      assertThat(refused.getMessage().contains(" in x/zarr.json: "), equalTo(true));
    }
  }
}
