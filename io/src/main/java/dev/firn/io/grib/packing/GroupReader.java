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
  private int length;

  /** Groups of {@code packing}, from where {@code bits} is. */
  GroupReader(ComplexPacking packing, BitReader bits, OctetReader data) {
    this.data = data;
    this.layout = packing.groups();
    this.missing = packing.missing();
    this.referenceBits = packing.bitsPerValue();
    this.referenceReader = bits.fork();
    bits.skipToOctet(layout.count(), referenceBits);
    this.widthReader = bits.fork();
    bits.skipToOctet(layout.count(), layout.widthBits());
    this.lengthReader = bits.fork();
    bits.skipToOctet(layout.count(), layout.lengthBits());
    this.integers = bits;
  }

  /**
   * Checks that the groups together hold {@code count} integers, and that section 7 has their bits:
   * memory is asked for after that.
   */
  void check(int count) {
    BitReader widthBits = widthReader.fork();
    BitReader lengthBits = lengthReader.fork();
    int values = 0;
    long bits = 0;
    for (int first = 0; first < layout.count(); first += BLOCK) {
      int groups = (int) Math.min(BLOCK, layout.count() - first);
      widthBits.unsignedInts(widths, 0, groups, layout.widthBits(), 0);
      lengthBits.unsignedInts(lengths, 0, groups, layout.lengthBits(), 0);
      for (int i = 0; i < groups; i++) {
        int checked = checkedLength(first + i + 1, lengths[i], count - values);
        bits += (long) checked * checkedWidth(first + i + 1, widths[i]);
        values += checked;
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
  }

  /** Moves to the next group; false after the last. To be called after {@link #check}. */
  boolean next() {
    if (started == layout.count()) {
      return false;
    }
    int inBlock = started % BLOCK;
    if (inBlock == 0) {
      readBlock((int) Math.min(BLOCK, layout.count() - started));
    }
    started++;
    reference = references[inBlock];
    width = layout.widthReference() + widths[inBlock];
    length = (int) length(started, lengths[inBlock]);
    return true;
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

  /** How many integers the group has. */
  int length() {
    return length;
  }

  /** Unpacks the group into {@code out} from index {@code from}. */
  void read(int[] out, int from) {
    if (missing != MissingValues.NONE) {
      readWithMissing(out, from);
    } else if (fits()) {
      integers.unsignedInts(out, from, length, width, reference);
    } else {
      integers.unsignedInts(out, from, length, width, 0);
      addReference(out, from);
    }
  }

  private boolean fits() {
    return reference + (1L << width) - 1 <= Integer.MAX_VALUE;
  }

  private void addReference(int[] out, int from) {
    for (int i = from; i < from + length; i++) {
      out[i] = checkedSum(out[i]);
    }
  }

  private void readWithMissing(int[] out, int from) {
    integers.unsignedInts(out, from, length, width, 0);
    boolean allMissing = width == 0 && missing.contains(reference, referenceBits);
    for (int i = from; i < from + length; i++) {
      boolean absent = width == 0 ? allMissing : missing.contains(out[i], width);
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
