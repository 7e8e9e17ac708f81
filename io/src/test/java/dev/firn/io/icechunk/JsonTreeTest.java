package dev.firn.io.icechunk;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        " \"Fläche \\u2744\" ",
        "[]",
        "[1, -2147483649, 18446744073709551616, 0.1, -1e300, true, false, null]",
        "{\"a\": {\"b\": [{}, {\"c\": \"d\"}]}, \"\": [[]], \"a\": 2}"
      })
  void valuesAreThoseOfAnObjectMapper(String text) throws IOException {
    assertThat(
        JsonTree.read(text.getBytes(StandardCharsets.UTF_8)),
        equalTo(new ObjectMapper().readTree(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[1", "{\"a\"", "{\"a\":", "nul", "1 2", "{}]", "[NaN]", "\u0001"})
  void otherTextIsRefused(String text) {
    assertThrows(IOException.class, () -> JsonTree.read(text.getBytes(StandardCharsets.UTF_8)));
  }
}
