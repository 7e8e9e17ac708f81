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
  public ValueReader open(OctetReader data, int count, UnitConversion conversion) {
    if (highestLevel == 0 || data.bitsFrom(6).remaining() < bitsPerValue) {
      return ValueReader.constant(Float.NaN); // so ecCodes reads fields without levels
    }
    float[] levels = levels(conversion);
    new Reader(this, levels, data, count).skip(count); // memory for values is asked for after that
    return new Reader(this, levels, data, count);
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

  private static final class Reader implements ValueReader {
    private final RunLengthPacking packing;
    private final float[] levels;
    private final OctetReader data;
    private final BitReader bits;
    private final int count;
    private int valuesLeft;
    private int level;
    private int runLeft;

    Reader(RunLengthPacking packing, float[] levels, OctetReader data, int count) {
      this.packing = packing;
      this.levels = levels;
      this.data = data;
      this.bits = data.bitsFrom(6);
      this.count = count;
      this.valuesLeft = count;
    }

    @Override
    public void read(float[] out, int from, int count) {
      int end = from + count;
      for (int i = from; i < end; ) {
        int size = nextPart(end - i);
        Arrays.fill(out, i, i + size, levels[level]);
        i += size;
      }
    }

    @Override
    public void skip(int count) {
      for (int left = count; left > 0; ) {
        left -= nextPart(left);
      }
    }

    /** Goes on by what is left of a run, {@code most} at the most; returns by how many values. */
    private int nextPart(int most) {
      if (runLeft == 0) {
        nextRun();
      }
      int size = Math.min(runLeft, most);
      runLeft -= size;
      valuesLeft -= size;
      if (valuesLeft == 0 && bits.remaining() >= Byte.SIZE) {
        throw corrupt(bits.remaining() + " bits are left after " + count + " values");
      }
      return size;
    }

    private void nextRun() {
      level = (int) bits.unsigned(packing.bitsPerValue);
      if (level > packing.highestLevel) {
        throw corrupt("level " + level + ", expected at most " + packing.highestLevel);
      }
      runLeft = runLength();
    }

    private int runLength() {
      int width = packing.bitsPerValue;
      long base = base(width, packing.highestLevel);
      long length = 1;
      long weight = 1;
      while (bits.remaining() >= width) {
        long digit = bits.peek(width) - packing.highestLevel - 1;
        if (digit < 0) {
          break;
        }
        bits.take(1, width);
        length += digit * weight;
        if (length > valuesLeft) {
          throw corrupt("a run of " + length + " values, " + valuesLeft + " are left");
        }
        weight = Math.min(weight * base, Integer.MAX_VALUE);
      }
      return (int) length;
    }

    private CorruptInputException corrupt(String detail) {
      return new CorruptInputException("decode runs", data.origin(), detail);
    }
  }
}
