package dev.firn.benchmarks;

import dev.firn.io.Origin;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.Field;
import dev.firn.io.grib.GribWriter;
import java.util.Arrays;

/**
 * A message in run length packing (data representation template 5.200), as radar products are: the
 * values of a field sorted into levels. Runs are of 8 bits, so that levels and lengths are octets.
 */
final class RunLengthMessage {
  private static final int LEVELS = 99;
  private static final int BASE = 255 - LEVELS;
  private static final int SECTION_0 = 16;
  private static final int DATA_REPRESENTATION = 5;

  private RunLengthMessage() {}

  static byte[] of(Field field) {
    byte[] simple = GribWriter.message().field(field).toBytes();
    OctetReader octets = OctetReader.of(simple, Origin.of("simple packing"));
    int end = SECTION_0;
    while (octets.uint8(end + 5) != DATA_REPRESENTATION) {
      end += (int) octets.uint32(end + 1);
    }
    byte[] runs = runs(levels(field.values()));
    OctetWriter body = new OctetWriter().octets(Arrays.copyOfRange(simple, SECTION_0, end));
    body.uint32(17 + 2 * LEVELS).uint8(5).uint32(field.values().length).uint16(200);
    body.uint8(8).uint16(LEVELS).uint16(LEVELS).int8(1);
    for (int level = 1; level <= LEVELS; level++) {
      body.uint16(level);
    }
    body.uint32(6).uint8(6).uint8(255);
    body.uint32(5 + runs.length).uint8(7).octets(runs).ascii("7777");
    byte[] sections = body.toBytes();
    OctetWriter message = new OctetWriter().octets(Arrays.copyOf(simple, 8));
    return message.uint63(SECTION_0 + sections.length).octets(sections).toBytes();
  }

  private static int[] levels(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    int[] levels = new int[values.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = 1 + (int) ((LEVELS - 1) * Math.sqrt(values[i] / largest));
    }
    return levels;
  }

  /** A level, then the digits of the run's length less one, the least significant first. */
  private static byte[] runs(int[] levels) {
    OctetWriter runs = new OctetWriter();
    for (int i = 0; i < levels.length; ) {
      int start = i;
      while (i < levels.length && levels[i] == levels[start]) {
        i++;
      }
      runs.uint8(levels[start]);
      for (int rest = i - start - 1; rest > 0; rest /= BASE) {
        runs.uint8(LEVELS + 1 + rest % BASE);
      }
    }
    return runs.toBytes();
  }
}
