package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;

/**
 * Walks the groups of complex packing. Section 7 holds all references, then all widths, all
 * lengths, and the integers of all groups; the first three begin on octets. They are read in blocks
 * of {@value #BLOCK} groups, so that memory does not grow with the number of groups claimed.
 */
final class GroupReader {
  private static final int BLOCK = 256;

  private final OctetReader data;
  private final int count;
  private final GroupLayout layout;
  private final MissingValues missing;
  private final int referenceBits;
  private final BitReader referenceReader;
  private final BitReader widthReader;
  private final BitReader lengthReader;
  private final BitReader integers;
  private final int[] references = new int[BLOCK];
  private final int[] widths = new int[BLOCK];
  private final int[] lengths = new int[BLOCK];
  private int valuesLeft;
  private int started;
  private int reference;
  private int width;
  private int groupLeft;

  /** Groups of {@code packing} from where {@code bits} is, with {@code count} values in all. */
  GroupReader(ComplexPacking packing, BitReader bits, OctetReader data, int count) {
    this.data = data;
    this.layout = packing.groups();
    this.missing = packing.missing();
    this.referenceBits = packing.bitsPerValue();
    this.count = count;
    this.valuesLeft = count;
    layout.check(count, data);
    this.referenceReader = bits.fork();
    bits.skipToOctet(layout.count(), referenceBits);
    this.widthReader = bits.fork();
    bits.skipToOctet(layout.count(), layout.widthBits());
    this.lengthReader = bits.fork();
    bits.skipToOctet(layout.count(), layout.lengthBits());
    this.integers = bits;
  }

  /**
   * Unpacks the next {@code size} integers into {@code out}, {@link ComplexPacking#MISSING} where a
   * value is missing.
   */
  void read(int[] out, int size) {
    int filled = 0;
    while (filled < size) {
      if (groupLeft == 0) {
        nextGroup();
      }
      int part = Math.min(groupLeft, size - filled);
      unpack(out, filled, part);
      filled += part;
      groupLeft -= part;
      valuesLeft -= part;
    }
    while (valuesLeft == 0 && started < layout.count()) {
      nextGroup(); // none may have values
    }
  }

  private void nextGroup() {
    if (started == layout.count()) {
      throw new CorruptInputException(
          "unpack groups",
          data.origin(),
          "they hold " + (count - valuesLeft) + " values, expected " + count);
    }
    int inBlock = started % BLOCK;
    if (inBlock == 0) {
      readBlock((int) Math.min(BLOCK, layout.count() - started));
    }
    started++;
    reference = references[inBlock];
    width = checkedWidth((long) layout.widthReference() + widths[inBlock]);
    groupLeft = checkedLength(lengths[inBlock]);
  }

  private void readBlock(int groups) {
    referenceReader.unsignedInts(references, 0, groups, referenceBits, 0);
    widthReader.unsignedInts(widths, 0, groups, layout.widthBits(), 0);
    lengthReader.unsignedInts(lengths, 0, groups, layout.lengthBits(), 0);
  }

  private int checkedWidth(long found) {
    if (found > GroupLayout.MAX_WIDTH) {
      throw new CorruptInputException(
          "unpack group " + started, data.origin(), "it has integers of " + found + " bits");
    }
    return (int) found;
  }

  private int checkedLength(int stored) {
    long found =
        started == layout.count()
            ? layout.lastLength()
            : layout.lengthReference() + (long) stored * layout.lengthIncrement();
    if (found > valuesLeft) {
      throw new CorruptInputException(
          "unpack group " + started,
          data.origin(),
          "it has " + found + " values, but only " + valuesLeft + " are left");
    }
    return (int) found;
  }

  private void unpack(int[] out, int from, int size) {
    boolean fits = reference + (1L << width) - 1 <= Integer.MAX_VALUE;
    if (fits && missing == MissingValues.NONE) {
      integers.unsignedInts(out, from, size, width, reference);
    } else if (fits && width > 0 && width < GroupLayout.MAX_WIDTH) {
      unpackMarked(out, from, size);
    } else {
      integers.unsignedInts(out, from, size, width, 0);
      addReference(out, from, from + size);
    }
  }

  /** Missing values are marked without branches, which would go wrong along every coast. */
  private void unpackMarked(int[] out, int from, int size) {
    int largest = missing.largestPresent(width);
    long at = integers.take(size, width);
    for (int i = from; i < from + size; i++, at += width) {
      int integer = (int) integers.integer(at, width);
      int absent = (largest - integer) >> 31;
      out[i] = ((reference + integer) & ~absent) | (ComplexPacking.MISSING & absent);
    }
  }

  /** In a group without bits, the reference tells whether all are missing. */
  private void addReference(int[] out, int from, int to) {
    boolean isMissing = width == 0 && reference > missing.largestPresent(referenceBits);
    int largest = width == 0 ? 0 : missing.largestPresent(width);
    for (int i = from; i < to; i++) {
      boolean absent = isMissing || out[i] > largest;
      out[i] = absent ? ComplexPacking.MISSING : checkedSum(out[i]);
    }
  }

  private int checkedSum(int integer) {
    long sum = (long) reference + integer;
    if (sum > Integer.MAX_VALUE) {
      throw new UnsupportedFeatureException(
          "complex packing with integers of more than 31 bits", data.origin());
    }
    return (int) sum;
  }
}
