package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIdTest {
  private static final byte[] INITIAL = HexFormat.of().parseHex("0b1cc8d6787580f0e33a6534");

  @Test
  void theFirstSnapshotsIdIsThatOfTheSpecification() {
    assertThat(SnapshotId.INITIAL.bytes(), equalTo(INITIAL));
    assertThat(SnapshotId.of(INITIAL).text(), is("1CECHNKREP0F1RSTCMT0"));
    assertThat(SnapshotId.INITIAL.high(), is(0x0b1cc8d6787580f0L));
    assertThat(SnapshotId.INITIAL.low(), is(0xe33a6534));
  }

  @Test
  void nodeIdsHaveThirteenCharacters() {
    assertThat(new NodeId(-1).text(), is("ZZZZZZZZZZZZY"));
    assertThat(new NodeId(1).text(), is("0000000000002"));
    assertThat(NodeId.parse("ZZZZZZZZZZZZY"), equalTo(new NodeId(-1)));
  }

  @Test
  void textIsReadBack() {
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      ChunkId id = ChunkId.random(random);
      NodeId node = NodeId.random(random);

      assertThat(ChunkId.parse(id.text()), equalTo(id));
      assertThat(NodeId.parse(node.text()), equalTo(node));
    }
  }

  @Test
  void lettersLikeDigitsAreDigits() {
    assertThat(SnapshotId.parse("icechnkrepof1rstcmto"), equalTo(SnapshotId.INITIAL));
  }

  @Test
  void theOrderIsThatOfUnsignedBytes() {
    assertThat(new ManifestId(-1, 0).compareTo(new ManifestId(1, 0)), greaterThan(0));
    assertThat(new ManifestId(1, -1).compareTo(new ManifestId(1, 1)), greaterThan(0));
    assertThat(new NodeId(-1).compareTo(new NodeId(1)), greaterThan(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1CECHNKREP0F1RSTCMT",
        "1CECHNKREP0F1RSTCMT00",
        "1CECHNKREP0F1RSTCMTU",
        "1CECHNKREP0F1RSTCM\u00E90"
      })
  void otherTextIsNoId(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> SnapshotId.parse(text));

    assertThat(
        refused.getMessage(),
        is("Cannot read '" + text + "' as an id of 12 bytes in Crockford base 32"));
  }
}
