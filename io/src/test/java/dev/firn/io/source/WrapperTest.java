package dev.firn.io.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WrapperTest {
  private static final Origin ORIGIN = Origin.of("https://host/a.wrapped", 0);

  static byte[] wrapped(Wrapper wrapper, byte[] content) throws IOException {
    ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
    try (OutputStream out =
        wrapper == Wrapper.GZIP
            ? new GZIPOutputStream(wrapped)
            : new BZip2CompressorOutputStream(wrapped)) {
      out.write(content);
    }
    return wrapped.toByteArray();
  }

  private static byte[] unwrapped(Wrapper wrapper, byte[] wrapped) {
    return wrapper.unwrap(wrapped, ORIGIN, 1 << 24);
  }

  private static String failure(Wrapper wrapper, byte[] wrapped) {
    return assertThrows(CorruptInputException.class, () -> unwrapped(wrapper, wrapped))
        .getMessage();
  }

  /** Half of it can be compressed. */
  static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(5).nextBytes(content);
    Arrays.fill(content, length / 4, length * 3 / 4, (byte) 7);
    return content;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  @Test
  void namesTellWrappers() {
    assertThat(Wrapper.of("s3://b/MRMS.grib2.gz"), equalTo(Optional.of(Wrapper.GZIP)));
    assertThat(Wrapper.of("https://h/icon.grib2.bz2"), equalTo(Optional.of(Wrapper.BZIP2)));
    assertThat(Wrapper.of("https://h/gz"), equalTo(Optional.empty()));
  }

  /** {@code printf 'Firn keeps archives up to date.\n' | gzip -9n}, and {@code | bzip2 -9}. */
  @ParameterizedTest
  @CsvSource({
    "GZIP, 1f8b080000000000020373cb2cca53c84e4d2d2856482c4acec82c4b2d56282d5028c95748492c49d5e3020070de7bf420000000",
    "BZIP2, 425a6839314159265359258f6e29000003d5800010400101002e69df002000314c9899"
        + "064614646234c26810cce2a46b0132550f268949ea8113b67e2ee48a70a1204b1edc52",
  })
  void whatTheToolsWrappedComesOut(Wrapper wrapper, String hex) {
    byte[] content = unwrapped(wrapper, HexFormat.of().parseHex(hex));

    assertThat(new String(content, US_ASCII), equalTo("Firn keeps archives up to date.\n"));
  }

  @ParameterizedTest
  @EnumSource
  void wrappedFilesBehindEachOtherAreOne(Wrapper wrapper) throws IOException {
    byte[] first = content(300_000);
    byte[] wrapped =
        joined(wrapped(wrapper, first), wrapped(wrapper, new byte[0]), wrapped(wrapper, first));

    byte[] content = unwrapped(wrapper, wrapped);

    assertThat(Arrays.equals(content, joined(first, first)), equalTo(true));
  }

  @ParameterizedTest
  @EnumSource
  void filesThatAreNotWholeAreCorrupt(Wrapper wrapper) throws IOException {
    byte[] wrapped = wrapped(wrapper, content(5000));
    byte[] twice = joined(wrapped, wrapped);

    for (int length = 0; length < twice.length; length++) {
      if (length != wrapped.length) {
        String message = failure(wrapper, Arrays.copyOf(twice, length));
        assertThat("of " + length + " bytes", message, startsWith("Cannot unwrap "));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void changedFilesNeverGiveOtherContents(Wrapper wrapper) throws IOException {
    byte[] content = content(3000);
    byte[] wrapped = wrapped(wrapper, content);
    Random random = new Random(9);
    int corrupt = 0;
    for (int at = 0; at < wrapped.length; at++) {
      byte[] changed = wrapped.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(Arrays.equals(unwrapped(wrapper, changed), content), equalTo(true));
      } catch (CorruptInputException found) {
        corrupt++;
      }
    }
    assertThat(corrupt, greaterThan(wrapped.length * 9 / 10));
  }

  @ParameterizedTest
  @EnumSource
  void whatFollowsTheLastIsNotLeftOut(Wrapper wrapper) throws IOException {
    byte[] wrapped = wrapped(wrapper, content(100));

    String message = failure(wrapper, joined(wrapped, "more".getBytes(US_ASCII)));

    assertThat(message, containsString(ORIGIN.name() + " at byte "));
  }

  @ParameterizedTest
  @EnumSource
  void noMoreComesOutThanIsAllowed(Wrapper wrapper) throws IOException {
    byte[] wrapped = wrapped(wrapper, new byte[2_000_000]);

    assertThat(wrapper.unwrap(wrapped, ORIGIN, 2_000_000).length, equalTo(2_000_000));
    var bomb =
        assertThrows(CorruptInputException.class, () -> wrapper.unwrap(wrapped, ORIGIN, 1_999_999));
    assertThat(bomb.getMessage(), containsString("more than 1999999 bytes come out of it"));
  }

  @Test
  void gzipHeadersMayHaveAllThatTheyCanHave() throws IOException {
    byte[] plain = wrapped(Wrapper.GZIP, content(100));
    byte[] header =
        joined(
            HexFormat.of().parseHex("1f8b081f00000000020303000a0b0c"),
            "name\0comment\0".getBytes(US_ASCII));
    CRC32 crc = new CRC32();
    crc.update(header);
    byte[] checked =
        joined(header, new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)});
    byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);

    byte[] content = unwrapped(Wrapper.GZIP, joined(checked, rest));

    assertThat(Arrays.equals(content, content(100)), equalTo(true));
    header[4] ^= 1;
    byte[] wrong = joined(header, Arrays.copyOfRange(checked, header.length, checked.length), rest);
    assertThat(failure(Wrapper.GZIP, wrong), containsString("checksum"));
  }

  @Test
  void brokenGzipFilesAreToldWhereTheyBreak() throws IOException {
    byte[] first = wrapped(Wrapper.GZIP, content(1000));
    byte[] second = wrapped(Wrapper.GZIP, content(50));
    second[second.length - 1] ^= 1;

    assertThat(
        failure(Wrapper.GZIP, joined(first, second)),
        allOf(
            containsString("a.wrapped at byte " + (first.length + 10) + ": 50 bytes with CRC-32"),
            containsString("came out of it, it names 16777266 with")));
    assertThat(
        failure(Wrapper.GZIP, joined(first, new byte[10])),
        containsString(
            "at byte %d: expected the header of a member, 1f 8b 08, found 00 00 00 00"
                .formatted(first.length)));
    assertThat(
        failure(Wrapper.GZIP, Arrays.copyOf(first, 500)),
        containsString("at byte 500: the file ends in the middle of a member"));
  }
}
