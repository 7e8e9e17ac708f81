package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileEnvelopeTest {
  private static final Origin ORIGIN = Origin.of("snapshots/X");

  /** A buffer whose root table has one field, the number 7. */
  private static byte[] file() {
    FlatWriter out = new FlatWriter();
    out.finish(out.table(1).int32(0, 7).end());
    return FileEnvelope.seal(out, FileType.SNAPSHOT, 3);
  }

  @Test
  void theHeaderIsThatOfTheSpecification() {
    byte[] file = file();

    assertThat(HexFormat.of().formatHex(file, 0, 12), is("494345f09fa78a4348554e4b"));
    assertThat(new String(file, 12, 24, StandardCharsets.UTF_8), is("firn                    "));
    assertThat(Arrays.copyOfRange(file, 36, 39), equalTo(new byte[] {2, 1, 1}));
    assertThat(HexFormat.of().formatHex(file, 39, 43), is("28b52ffd"));
  }

  @Test
  void theContentIsReadBack() {
    FileEnvelope file = FileEnvelope.open(file(), FileType.SNAPSHOT, ORIGIN);

    assertThat(file.specVersion(), is(2));
    assertThat(file.content().root().int32(0), is(7));
    assertThat(file.content().root().int32(1), is(0));
  }

  /** Pointer to the root, identifier, field list, table. */
  @Test
  void theBufferIsLaidOutFromPointerToTable() {
    byte[] content = FileEnvelope.open(file(), FileType.SNAPSHOT, ORIGIN).content().array();

    assertThat(
        HexFormat.of().formatHex(content),
        is("10000000" + "4963686b" + "0000" + "060008000400" + "06000000" + "07000000"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 65 | it does not start with the magic bytes of Icechunk",
        "36 | 3 | version 3 of the format, expected 1 or 2",
        "37 | 2 | file type 2, expected 1",
        "38 | 9 | compression 9, expected 0 or 1 (zstd)"
      })
  void otherHeadersAreRefused(int at, byte value, String reason) {
    byte[] file = file();
    file[at] = value;

    IcechunkException refused =
        assertThrows(
            IcechunkException.class, () -> FileEnvelope.open(file, FileType.SNAPSHOT, ORIGIN));

    assertThat(refused.getMessage(), is("Cannot read snapshot in snapshots/X: " + reason));
  }

  @Test
  void aFrameThatUnfoldsWithoutEndIsRefused() {
    byte[] zeros = com.github.luben.zstd.Zstd.compress(new byte[200_000_000], 19);
    byte[] file = Arrays.copyOf(file(), 39 + zeros.length);
    System.arraycopy(zeros, 0, file, 39, zeros.length);

    IcechunkException refused =
        assertThrows(
            IcechunkException.class, () -> FileEnvelope.open(file, FileType.SNAPSHOT, ORIGIN));

    assertThat(
        refused.getMessage(),
        is(
            "Cannot read snapshot in snapshots/X: 200000000 bytes or more compressed to "
                + zeros.length));
  }
}
