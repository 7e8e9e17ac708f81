package dev.firn.io.grib;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.bytes.OctetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GribFileTest {
  private static final byte[] MESSAGE = GribWriter.message().toBytes();
  private static final Origin ORIGIN = Origin.of("made.grib2", 0);

  private static byte[] edition1(int length) {
    return new OctetWriter()
        .ascii("GRIB")
        .uint8(0)
        .uint16(length)
        .uint8(1)
        .octets(new byte[length - 12])
        .ascii("7777")
        .toBytes();
  }

  private static byte[] join(byte[]... parts) {
    OctetWriter all = new OctetWriter();
    for (byte[] part : parts) {
      all.octets(part);
    }
    return all.toBytes();
  }

  private static List<Origin> origins(byte[] bytes) {
    return GribFile.of(bytes, ORIGIN).messages().map(GribMessage::origin).toList();
  }

  private static Origin at(long offset) {
    return Origin.of("made.grib2", offset);
  }

  @Test
  void messagesBackToBackHaveTheirOffsets() {
    assertThat(
        origins(join(MESSAGE, MESSAGE, MESSAGE)),
        contains(at(0), at(MESSAGE.length), at(2L * MESSAGE.length)));
  }

  @Test
  void whatLiesBetweenMessagesIsPassedOver() {
    byte[] header = "\n\r\nGRIB follows: GRI GRIBGRIB\u0003\n".getBytes(US_ASCII);

    assertThat(
        origins(join(header, MESSAGE, new byte[200_000], MESSAGE, header, new byte[9])),
        contains(at(header.length), at(header.length + MESSAGE.length + 200_000L)));
  }

  @Test
  void startAcrossTwoWindowsIsFound() {
    for (int padding = 65530; padding < 65540; padding++) {
      assertThat(origins(join(new byte[padding], MESSAGE)), contains(at(padding)));
    }
  }

  @Test
  void edition1IsReportedAndPassedOver() {
    byte[] bytes = join(MESSAGE, edition1(40), MESSAGE);

    assertThat(origins(bytes), contains(at(0), at(MESSAGE.length + 40L)));
    assertThat(
        GribFile.of(bytes, ORIGIN).entries().map(GribFileEntry::edition).toList(),
        contains(2, 1, 2));
    assertThat(
        GribFile.of(bytes, ORIGIN).entries().skip(1).findFirst().orElseThrow(),
        is(new GribFileEntry(1, MESSAGE.length, 40, at(MESSAGE.length))));
  }

  @Test
  void fileWithoutMessagesHasNone() {
    assertThat(origins(new byte[0]), is(empty()));
    assertThat(origins(new byte[100]), is(empty()));
  }

  @Test
  void messageCutOffIsCorruptAfterThoseBeforeIt() {
    byte[] bytes = Arrays.copyOf(join(MESSAGE, MESSAGE), 2 * MESSAGE.length - 10);
    Iterator<GribMessage> messages = GribFile.of(bytes, ORIGIN).messages().iterator();

    assertThat(messages.next().origin(), is(at(0)));
    CorruptInputException e = assertThrows(CorruptInputException.class, messages::next);

    assertThat(
        e.getMessage(),
        is(
            "Cannot read message in made.grib2 at byte 187 (message at byte 179, section 0, octet 9):"
                + " its length is 179 bytes, 169 are left in the file"));
  }

  @Test
  void messageCutOffInItsFirstSectionIsCorrupt() {
    byte[] bytes = Arrays.copyOf(join(MESSAGE, MESSAGE), MESSAGE.length + 12);

    CorruptInputException e = assertThrows(CorruptInputException.class, () -> origins(bytes));

    assertThat(
        e.getMessage(),
        is(
            "Cannot read message in made.grib2 at byte 179 (message at byte 179, section 0, octet 1): only 12 bytes of section 0 are there"));
  }

  @Test
  void manyStartsOfNoMessageAreSearchedOnce() throws IOException {
    byte[] starts = "GRIB".repeat(50_000).getBytes(US_ASCII);
    long[] read = {0};
    ByteSource array = ByteSource.of(join(starts, MESSAGE), ORIGIN);
    ByteSource counting =
        new ByteSource() {
          @Override
          public Origin origin() {
            return array.origin();
          }

          @Override
          public long lengthBytes() {
            return array.lengthBytes();
          }

          @Override
          public byte[] read(long offset, int length) throws IOException {
            read[0] += length;
            return array.read(offset, length);
          }
        };

    assertThat(GribFile.of(counting).messages().count(), is(1L));
    assertThat(read[0], is(lessThan(6L * starts.length)));
  }

  @Test
  void filesAreReadAsArraysAre(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("two.grib2"), join(MESSAGE, new byte[7], MESSAGE));

    try (ByteSource source = ByteSource.open(file)) {
      List<Long> offsets =
          GribFile.of(source)
              .messages()
              .map(message -> message.origin().offset().orElseThrow())
              .toList();

      assertThat(offsets, contains(0L, MESSAGE.length + 7L));
    }
  }
}
