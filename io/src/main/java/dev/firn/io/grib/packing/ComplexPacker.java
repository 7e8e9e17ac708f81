package dev.firn.io.grib.packing;

import dev.firn.io.bytes.BitWriter;
import java.util.Arrays;

/**
 * Packs values by templates 5.2 and 5.3, in groups of {@value #GROUP_LENGTH}. NaN becomes the
 * packing's own mark for missing values.
 */
public final class ComplexPacker {
  private static final int GROUP_LENGTH = 24;

  private final int order;
  private final Quantizer quantizer;
  private final MissingValues missing;
  private final int[] integers;
  private final BitWriter writer = new BitWriter();

  private ComplexPacker(int order, Quantizer quantizer, float[] values) {
    this.order = order;
    this.quantizer = quantizer;
    this.integers = new int[values.length];
    boolean anyMissing = false;
    for (int i = 0; i < values.length; i++) {
      boolean absent = Float.isNaN(values[i]);
      integers[i] = absent ? ComplexPacking.MISSING : quantizer.integer(values[i]);
      anyMissing |= absent;
    }
    this.missing = anyMissing ? MissingValues.PRIMARY : MissingValues.NONE;
  }

  /**
   * Packs {@code values} so that their integers need {@code bits} bits.
   *
   * @param order of spatial differencing: 1 or 2 for template 5.3, 0 for template 5.2
   * @param decimalFactor D: the step is a power of two of 10^−D
   */
  public static PackedValues pack(float[] values, int order, int bits, int decimalFactor) {
    Quantizer quantizer = Quantizer.of(values, bits, decimalFactor);
    return new ComplexPacker(order, quantizer, values).pack();
  }

  private PackedValues pack() {
    int extraOctets = order == 0 ? 0 : writeDifferences();
    Group[] groups = groups();
    int largest = Arrays.stream(groups).mapToInt(Group::reference).max().orElse(0);
    int referenceBits = bitsFor(largest + (long) missing.code());
    int widthReference = Arrays.stream(groups).mapToInt(Group::width).min().orElse(0);
    int widest = Arrays.stream(groups).mapToInt(Group::width).max().orElse(0);
    int widthBits = bitsFor(widest - widthReference);
    for (Group group : groups) {
      boolean allMissing = group.reference() == ComplexPacking.MISSING;
      writer.unsigned(allMissing ? (1L << referenceBits) - 1 : group.reference(), referenceBits);
    }
    writer.alignToOctet();
    for (Group group : groups) {
      writer.unsigned(group.width() - widthReference, widthBits);
    }
    writer.alignToOctet();
    for (Group group : groups) {
      writeIntegers(group);
    }
    int lastLength = groups.length == 0 ? 0 : groups[groups.length - 1].length();
    GroupLayout layout =
        new GroupLayout(groups.length, widthReference, widthBits, GROUP_LENGTH, 1, lastLength, 0);
    ComplexPacking packing = new ComplexPacking(quantizer.scale(), referenceBits, missing, layout);
    WritableTemplate template =
        order == 0 ? packing : new SpatialDifferencing(packing, order, extraOctets);
    return new PackedValues(template, integers.length, writer.toBytes());
  }

  /** Replaces integers by differences and writes what undoes that; returns the octets of each. */
  private int writeDifferences() {
    int[] present =
        Arrays.stream(integers).filter(integer -> integer != ComplexPacking.MISSING).toArray();
    int[] differences = present.clone();
    for (int pass = 0; pass < order; pass++) {
      for (int i = present.length - 1; i > pass; i--) {
        differences[i] -= differences[i - 1];
      }
    }
    int smallest = Arrays.stream(differences).skip(order).min().orElse(0);
    int next = 0;
    for (int i = 0; i < integers.length; i++) {
      if (integers[i] != ComplexPacking.MISSING) {
        integers[i] = next < order ? 0 : differences[next] - smallest;
        next++;
      }
    }
    int octets = bitsFor(Math.abs((long) smallest)) / 8 + 1;
    for (int i = 0; i < Math.min(order, present.length); i++) {
      octets = Math.max(octets, bitsFor(present[i]) / 8 + 1);
    }
    for (int i = 0; i < order; i++) {
      writer.unsigned(i < present.length ? present[i] : 0, 8 * octets);
    }
    writer.signAndMagnitude(smallest, 8 * octets);
    return octets;
  }

  private Group[] groups() {
    Group[] groups = new Group[(integers.length + GROUP_LENGTH - 1) / GROUP_LENGTH];
    for (int g = 0; g < groups.length; g++) {
      int start = g * GROUP_LENGTH;
      groups[g] = group(start, Math.min(GROUP_LENGTH, integers.length - start));
    }
    return groups;
  }

  private Group group(int start, int length) {
    int[] present =
        Arrays.stream(integers, start, start + length)
            .filter(integer -> integer != ComplexPacking.MISSING)
            .toArray();
    int smallest = Arrays.stream(present).min().orElse(ComplexPacking.MISSING);
    int largest = Arrays.stream(present).max().orElse(ComplexPacking.MISSING);
    boolean mixed = present.length > 0 && present.length < length;
    boolean needsIntegers = mixed || largest > smallest;
    long range = (long) largest - smallest + missing.code(); // the mark for missing lies above
    return new Group(start, length, smallest, needsIntegers ? bitsFor(range) : 0);
  }

  private void writeIntegers(Group group) {
    for (int i = group.start(); i < group.start() + group.length(); i++) {
      boolean absent = integers[i] == ComplexPacking.MISSING;
      if (group.width() > 0) {
        long integer = absent ? (1L << group.width()) - 1 : integers[i] - group.reference();
        writer.unsigned(integer, group.width());
      }
    }
  }

  private static int bitsFor(long largest) {
    return Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, largest));
  }

  /** A run of integers; its reference is {@link ComplexPacking#MISSING} where all are missing. */
  private record Group(int start, int length, int reference, int width) {}
}
