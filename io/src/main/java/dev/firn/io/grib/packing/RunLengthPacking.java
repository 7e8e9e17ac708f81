package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.UnitConversion;
import java.util.Arrays;

/**
 * Data representation template 5.200: runs of level numbers, which stand for the values of a table.
 * Level 0 is a missing value.
 *
 * <p>Section 7 is a row of integers. One up to the highest level begins a run of that level; those
 * above it that follow are the digits of the run's length less one, the least significant first.
 * Equality is identity of the level values.
 *
 * @param bitsPerValue octet 12
 * @param highestLevel octets 13–14, the highest level in section 7
 * @param decimalFactor octet 17
 * @param levelValues octets 18 on, from level 1
 */
@SuppressWarnings("ArrayRecordComponent")
record RunLengthPacking(int bitsPerValue, int highestLevel, int decimalFactor, int[] levelValues)
    implements DataTemplate {
  static final int NUMBER = 200;

  private static final int MAX_BITS = 31;

  static RunLengthPacking read(OctetReader section) {
    int bitsPerValue = section.uint8(12);
    int highestLevel = section.uint16(13);
    int levels = section.uint16(15);
    if (bitsPerValue > MAX_BITS) {
      throw new UnsupportedFeatureException(
          "run length packing with " + bitsPerValue + " bits", section.origin(12));
    }
    if (highestLevel > levels) {
      throw new CorruptInputException(
          "read run length packing",
          section.origin(13),
          "the highest level is " + highestLevel + ", the table has " + levels);
    }
    if (highestLevel > 0 && base(bitsPerValue, highestLevel) <= 0) {
      throw new CorruptInputException(
          "read run length packing",
          section.origin(12),
          bitsPerValue + " bits leave no digits above level " + highestLevel);
    }
    int[] levelValues = new int[highestLevel];
    for (int i = 0; i < highestLevel; i++) {
      levelValues[i] = section.uint16(18 + 2 * i);
    }
    return new RunLengthPacking(bitsPerValue, highestLevel, section.int8(17), levelValues);
  }

  private static long base(int bitsPerValue, int highestLevel) {
    return (1L << bitsPerValue) - 1 - highestLevel;
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public float[] decode(OctetReader data, int count, UnitConversion conversion) {
    BitReader bits = data.bitsFrom(6);
    if (highestLevel == 0 || bits.remaining() < bitsPerValue) {
      float[] values = new float[count];
      Arrays.fill(values, Float.NaN); // so ecCodes reads fields without levels
      return values;
    }
    int most = (int) Math.min(count, bits.remaining() / bitsPerValue);
    int[] levelOfRun = new int[most];
    int[] endOfRun = new int[most];
    int runs = 0;
    for (int filled = 0; filled < count; runs++) {
      int level = (int) bits.unsigned(bitsPerValue);
      if (level > highestLevel) {
        throw corrupt(data, "level " + level + ", expected at most " + highestLevel);
      }
      filled += runLength(bits, count - filled, data);
      levelOfRun[runs] = level;
      endOfRun[runs] = filled;
    }
    if (bits.remaining() >= Byte.SIZE) {
      throw corrupt(data, bits.remaining() + " bits are left after " + count + " values");
    }
    float[] values = new float[count];
    float[] levels = levels(conversion);
    for (int run = 0, from = 0; run < runs; from = endOfRun[run++]) {
      Arrays.fill(values, from, endOfRun[run], levels[levelOfRun[run]]);
    }
    return values;
  }

  /** The length of a run of which the level has been read; at most {@code left}. */
  private int runLength(BitReader bits, int left, OctetReader data) {
    long base = base(bitsPerValue, highestLevel);
    long length = 1;
    long weight = 1;
    while (bits.remaining() >= bitsPerValue) {
      long digit = bits.fork().unsigned(bitsPerValue) - highestLevel - 1;
      if (digit < 0) {
        break;
      }
      bits.unsigned(bitsPerValue);
      length += digit * weight;
      if (length > left) {
        throw corrupt(data, "a run of " + length + " values, " + left + " are left");
      }
      weight = Math.min(weight * base, Integer.MAX_VALUE);
    }
    return (int) length;
  }

  private float[] levels(UnitConversion conversion) {
    double unit = Scale.powerOfTen(-decimalFactor);
    double[] converted = new double[highestLevel];
    for (int i = 0; i < highestLevel; i++) {
      converted[i] = levelValues[i] * unit;
    }
    conversion.apply(converted, highestLevel);
    float[] levels = new float[highestLevel + 1];
    levels[0] = Float.NaN;
    for (int i = 0; i < highestLevel; i++) {
      levels[i + 1] = (float) converted[i];
    }
    return levels;
  }

  private static CorruptInputException corrupt(OctetReader data, String detail) {
    return new CorruptInputException("decode runs", data.origin(), detail);
  }
}
