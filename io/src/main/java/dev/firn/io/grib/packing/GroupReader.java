package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;
import java.util.Arrays;

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
  private int started;
  private int reference;
  private int width;
  private int groupLeft;
  private boolean allMissing;

  /** Groups of {@code packing} from where {@code bits} is, with {@code count} values in all. */
  GroupReader(ComplexPacking packing, BitReader bits, OctetReader data, int count) {
    this.data = data;
    this.layout = packing.groups();
    this.missing = packing.missing();
    this.referenceBits = packing.bitsPerValue();
    this.count = count;
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
   * Checks that the groups together hold all values, and that section 7 has their bits: memory is
   * asked for after that.
   */
  GroupReader checked() {
    BitReader widthBits = widthReader.fork();
    BitReader lengthBits = lengthReader.fork();
    int values = 0;
    long bits = 0;
    for (int first = 0; first < layout.count(); first += BLOCK) {
      int groups = (int) Math.min(BLOCK, layout.count() - first);
      widthBits.unsignedInts(widths, 0, groups, layout.widthBits(), 0);
      lengthBits.unsignedInts(lengths, 0, groups, layout.lengthBits(), 0);
      for (int i = 0; i < groups; i++) {
        int length = checkedLength(first + i + 1, lengths[i], count - values);
        bits += (long) length * checkedWidth(first + i + 1, widths[i]);
        values += length;
      }
    }
    if (values != count) {
      throw new CorruptInputException(
          "unpack groups", data.origin(), "they hold " + values + " values, expected " + count);
    }
    if (bits > integers.remaining()) {
      throw new CorruptInputException(
          "unpack groups",
          data.origin(),
          "they have " + bits + " bits, but only " + integers.remaining() + " are left");
    }
    return this;
  }

  /**
   * Unpacks the next integers into {@code out}, {@link ComplexPacking#MISSING} where a value is
   * missing: {@code size}, or as many as there are before a group of which all are missing.
   *
   * @return how many
   */
  int read(int[] out, int size) {
    int filled = 0;
    while (filled < size) {
      if (groupLeft == 0) {
        nextGroup();
      }
      if (allMissing) {
        break;
      }
      int part = Math.min(groupLeft, size - filled);
      unpack(out, filled, part);
      filled += part;
      groupLeft -= part;
    }
    return filled;
  }

  /** Passes over missing values, at most {@code size}, as far as the group reached is of such. */
  int passMissing(int size) {
    int passed = allMissing ? Math.min(groupLeft, size) : 0;
    groupLeft -= passed;
    return passed;
  }

  private void nextGroup() {
    int inBlock = started % BLOCK;
    if (inBlock == 0) {
      readBlock((int) Math.min(BLOCK, layout.count() - started));
    }
    started++;
    reference = references[inBlock];
    width = layout.widthReference() + widths[inBlock];
    groupLeft = (int) length(started, lengths[inBlock]);
    allMissing = width == 0 && reference > missing.largestPresent(referenceBits);
  }

  private void readBlock(int groups) {
    referenceReader.unsignedInts(references, 0, groups, referenceBits, 0);
    widthReader.unsignedInts(widths, 0, groups, layout.widthBits(), 0);
    lengthReader.unsignedInts(lengths, 0, groups, layout.lengthBits(), 0);
  }

  private int checkedWidth(int group, int stored) {
    long found = (long) layout.widthReference() + stored;
    if (found > GroupLayout.MAX_WIDTH) {
      throw new CorruptInputException(
          "unpack group " + group, data.origin(), "it has integers of " + found + " bits");
    }
    return (int) found;
  }

  private int checkedLength(int group, int stored, int room) {
    long found = length(group, stored);
    if (found > room) {
      throw new CorruptInputException(
          "unpack group " + group,
          data.origin(),
          "it has " + found + " values, but only " + room + " are left");
    }
    return (int) found;
  }

  private long length(int group, int stored) {
    return group == layout.count()
        ? layout.lastLength()
        : layout.lengthReference() + (long) stored * layout.lengthIncrement();
  }

  private void unpack(int[] out, int from, int size) {
    if (width == 0) {
      Arrays.fill(out, from, from + size, reference);
    } else if (reference + (1L << width) - 1 > Integer.MAX_VALUE) {
      integers.unsignedInts(out, from, size, width, 0);
      addReference(out, from, from + size);
    } else if (missing == MissingValues.NONE) {
      integers.unsignedInts(out, from, size, width, reference);
    } else {
      unpackMarked(out, from, size);
    }
  }

  /**
   * Missing values are marked without branches, which would go wrong along every coast. Up to three
   * integers behind the group may be stored too; they are overwritten by the next group's.
   */
  private void unpackMarked(int[] out, int from, int size) {
    int largest = missing.largestPresent(width);
    int end = from + size;
    boolean fourPerLoad =
        width <= BitReader.FOUR_PER_LOAD && integers.loadable(size, width) == size;
    long at = integers.take(size, width);
    int shift = 64 - width;
    int i = from;
    if (fourPerLoad) {
      for (; i < end; i += 4, at += 4L * width) {
        long window = integers.load(at);
        out[i] = marked((int) (window >>> shift), largest);
        out[i + 1] = marked((int) (window << width >>> shift), largest);
        out[i + 2] = marked((int) (window << (2 * width) >>> shift), largest);
        out[i + 3] = marked((int) (window << (3 * width) >>> shift), largest);
      }
    }
    for (; i < end; i++, at += width) {
      out[i] = marked((int) integers.integer(at, width), largest);
    }
  }

  private int marked(int integer, int largest) {
    int absent = (largest - integer) >> 31;
    return ((reference + integer) & ~absent) | (ComplexPacking.MISSING & absent);
  }

  private void addReference(int[] out, int from, int to) {
    int largest = missing.largestPresent(width);
    for (int i = from; i < to; i++) {
      out[i] = out[i] > largest ? ComplexPacking.MISSING : checkedSum(out[i]);
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
