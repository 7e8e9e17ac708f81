package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.field.Field;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.RegularAxis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken input is refused by name, whatever octet of it is broken. */
class HostileInputTest {
  private static final Origin ORIGIN = Origin.of("made.grib2", 1000);
  private static final LatLonGrid GRID =
      new LatLonGrid(RegularAxis.degrees(3, 0, 4), RegularAxis.degrees(0, 6, 7));

  static List<byte[]> messages() {
    List<byte[]> messages = new ArrayList<>(singleFields());
    messages.add(writer(Packing.spatialDifferencing(1, 9, 0)).nextField().toBytes());
    return messages;
  }

  private static byte[] fixture(String name) {
    try (InputStream in = HostileInputTest.class.getResourceAsStream("edge/" + name + ".grib2")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<byte[]> singleFields() {
    StatisticalInterval interval =
        new StatisticalInterval(1, Duration.ofHours(1), Duration.ofHours(2));
    Packing inline = Packing.spatialDifferencing(2, 9, 1).withInlineMissing();
    return List.of(
        writer(Packing.simple(11, 1)).toBytes(),
        writer(Packing.complex(11, 1)).interval(interval).derivedForecast(0, 9).toBytes(),
        writer(inline).interval(interval).member(new EnsembleMember(3, 1, 9)).toBytes(),
        fixture("tiny_ccsds"),
        fixture("tiny_png16"),
        fixture("tiny_jpeg"),
        fixture("tiny_ieee32"),
        fixture("tiny_log"),
        fixture("tiny_runs"));
  }

  private static GribWriter writer(Packing packing) {
    float[] values = new float[GRID.points()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 5 == 0 ? Float.NaN : (float) Math.sin(i) * 50;
    }
    return GribWriter.message().packing(packing).field(new Field(GRID, values));
  }

  private static void readAll(byte[] bytes) {
    GribMessage message = GribMessage.parse(bytes, ORIGIN);
    message.referenceTime();
    message
        .fields()
        .forEach(
            field -> {
              field.parameter();
              field.level();
              field.leadTime();
              field.interval();
              field.grid();
              field.decode();
            });
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyTruncationIsCorrupt(byte[] message) {
    for (int length = 0; length < message.length; length++) {
      byte[] truncated = Arrays.copyOf(message, length);

      CorruptInputException e = assertThrows(CorruptInputException.class, () -> readAll(truncated));

      assertThat(e.getMessage(), containsString("in made.grib2 at byte 10"));
    }
  }

  @ParameterizedTest
  @MethodSource("singleFields")
  void everyTruncationWithItsLengthAndEndMendedIsCorrupt(byte[] message) {
    for (int length = 20; length < message.length; length++) {
      byte[] mended = Arrays.copyOf(message, length);
      System.arraycopy(message, message.length - 4, mended, length - 4, 4);
      mended[14] = (byte) (length >>> 8);
      mended[15] = (byte) length;

      assertThrows(CorruptInputException.class, () -> readAll(mended));
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void anyBitMayBeWrong(byte[] message) {
    int refused = 0;
    for (int bit = 0; bit < 8 * message.length; bit++) {
      byte[] changed = message.clone();
      changed[bit >>> 3] ^= (byte) (1 << (bit & 7));
      refused += isRefused(changed) ? 1 : 0;
    }

    assertThat(refused, is(greaterThan(message.length)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void anyOctetsMayBeExtreme(byte[] message) {
    int refused = 0;
    for (int octet = 0; octet + 4 <= message.length; octet++) {
      for (int value : new int[] {0, 0x7F, 0x80, 0xFF}) {
        for (int count = 1; count <= 4; count++) {
          byte[] changed = message.clone();
          Arrays.fill(changed, octet, octet + count, (byte) value);
          refused += isRefused(changed) ? 1 : 0;
        }
      }
    }

    assertThat(refused, is(greaterThan(message.length)));
  }

  private static boolean isRefused(byte[] bytes) {
    try {
      readAll(bytes);
      return false;
    } catch (CorruptInputException | UnsupportedFeatureException e) {
      return true;
    }
  }

  @Test
  void emptyInputIsCorrupt() {
    CorruptInputException e = assertThrows(CorruptInputException.class, () -> readAll(new byte[0]));

    assertThat(
        e.getMessage(),
        is(
            "Cannot read octets 1 to 4 in made.grib2 at byte 1000 (message at byte 1000, section 0, octet 1): the section has 0 octets"));
  }
}
