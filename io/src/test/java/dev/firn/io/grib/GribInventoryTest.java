package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.Field;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.Parameter;
import dev.firn.io.field.RegularAxis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GribInventoryTest {
  private static final Origin ORIGIN = Origin.of("made.grib2", 0);

  /** Counts the bytes read from it. */
  private static final class CountingSource implements ByteSource {
    private final ByteSource bytes;
    private long read;

    CountingSource(byte[] bytes) {
      this.bytes = ByteSource.of(bytes, ORIGIN);
    }

    @Override
    public Origin origin() {
      return bytes.origin();
    }

    @Override
    public long lengthBytes() {
      return bytes.lengthBytes();
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
      read += length;
      return bytes.read(offset, length);
    }
  }

  private static byte[] file() {
    float[] values = new float[90 * 180];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 97;
    }
    Field field =
        new Field(
            new LatLonGrid(RegularAxis.degrees(90, -88, 90), RegularAxis.degrees(0, 358, 180)),
            values);
    byte[] two =
        GribWriter.message().field(field).nextField().parameter(new Parameter(0, 2, 2)).toBytes();
    byte[] one = GribWriter.message().field(field).leadTime(Duration.ofHours(3)).toBytes();
    return new OctetWriter().octets(two).octets(one).toBytes();
  }

  @Test
  void fieldsAreThoseOfTheMessages() {
    byte[] bytes = file();

    List<GribInventory.Entry> entries = GribInventory.of(ByteSource.of(bytes, ORIGIN)).toList();

    List<GribMessage> messages = GribFile.of(bytes, ORIGIN).messages().toList();
    assertThat(entries.stream().map(GribInventory.Entry::message).toList(), is(List.of(1, 1, 2)));
    assertThat(
        entries.stream().map(GribInventory.Entry::submessage).toList(),
        is(List.of(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.empty())));
    assertThat(entries.get(2).offset(), is(messages.get(0).lengthBytes()));
    assertThat(entries.get(2).lengthBytes(), is(messages.get(1).lengthBytes()));
    assertThat(entries.get(1).product().parameter(), is(new Parameter(0, 2, 2)));
    assertThat(entries.get(2).product().leadTime(), is(Duration.ofHours(3)));
  }

  @Test
  void valuesAreNotRead() {
    CountingSource source = new CountingSource(file());

    long count = GribInventory.of(source).count();

    assertThat(count, is(3L));
    assertThat(source.read, is(lessThan(source.lengthBytes() / 20)));
  }

  @Test
  void sectionsOutOfPlaceAreCorrupt() {
    byte[] bytes = file();
    bytes[37 + 72 + 4] = 5;

    CorruptInputException e =
        assertThrows(
            CorruptInputException.class,
            () -> GribInventory.of(ByteSource.of(bytes, ORIGIN)).toList());

    assertThat(
        e.getMessage(),
        is(
            "Cannot read sections in made.grib2 at byte 113 (message at byte 0, section 4, octet 5): section 5 after section 3"));
  }
}
