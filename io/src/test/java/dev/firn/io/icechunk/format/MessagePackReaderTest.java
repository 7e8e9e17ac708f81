package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.Origin;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePackReaderTest {
  private static JsonNode read(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    FlatBytes file = new FlatBytes(bytes, FileType.SNAPSHOT, Origin.of("snapshots/X"));
    return MessagePackReader.read(Bytes.of(bytes), file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c0|null",
        "c3|true",
        "7f|127",
        "ff|-1",
        "cc80|128",
        "cdffff|65535",
        "cfffffffffffffffff|18446744073709551615",
        "d080|-128",
        "d3ffffffffffffff00|-256",
        "ca3e800000|0.25",
        "cb3fd0000000000000|0.25",
        "a161|\"a\"",
        "d90161|\"a\"",
        "9301a16290|[1,\"b\",[]]",
        "dc000102|[2]",
        "82a16101a16280|{\"a\":1,\"b\":{}}"
      })
  void jsonTypesAreRead(String hex, String text) throws JsonProcessingException {
    assertThat(read(hex), equalTo(new ObjectMapper().readTree(text)));
  }

  @Test
  void anyBytesAreAValueOrRefused() {
    String whole = "83a16193010203a162c3a163cb3fd0000000000000";
    byte[] bytes = HexFormat.of().parseHex(whole);
    int refused = 0;

    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += isRefused(HexFormat.of().formatHex(flipped)) ? 1 : 0;
    }
    for (int length = 0; length < bytes.length; length++) {
      assertThat(isRefused(whole.substring(0, 2 * length)), equalTo(true));
    }

    assertThat(refused, greaterThan(bytes.length));
  }

  private static boolean isRefused(String hex) {
    try {
      read(hex);
      return false;
    } catch (IcechunkException refused) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "c1", "d9ff61", "dbffffffff", "ddffffffff", "8101c0", "c000", "c40100"})
  void otherBytesAreRefused(String hex) {
    IcechunkException refused = assertThrows(IcechunkException.class, () -> read(hex));

    assertThat(
        refused.getMessage(),
        containsString("Cannot read snapshot in snapshots/X: a MessagePack value of "));
  }
}
