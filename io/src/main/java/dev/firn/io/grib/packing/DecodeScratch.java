package dev.firn.io.grib.packing;

import java.util.zip.Inflater;

/**
 * The buffers a thread decodes with, kept from field to field. What they hold means nothing to the
 * next reader.
 */
final class DecodeScratch {
  /** Integers unpacked at a time: few enough to stay in the first-level cache. */
  static final int BLOCK = 1024;

  private static final int MOST_ROW_OCTETS = 1 << 20;

  private static final ThreadLocal<DecodeScratch> OF_THREAD =
      ThreadLocal.withInitial(DecodeScratch::new);

  /** With room for the three that {@link GroupReader} may store behind its last integer. */
  final int[] block = new int[BLOCK + 3];

  private int[] samples = {};
  private byte[] rows = {};
  private final Inflater inflater = new Inflater();

  private DecodeScratch() {}

  static DecodeScratch ofThread() {
    return OF_THREAD.get();
  }

  /** At least {@code count} integers. */
  int[] samples(int count) {
    if (samples.length < count) {
      samples = new int[count];
    }
    return samples;
  }

  /** At least {@code count} octets. */
  byte[] rows(int count) {
    if (count > MOST_ROW_OCTETS) {
      return new byte[count]; // a huge row is not worth keeping for ever
    }
    if (rows.length < count) {
      rows = new byte[count];
    }
    return rows;
  }

  /** An inflater that has read nothing yet. */
  Inflater inflater() {
    inflater.reset();
    return inflater;
  }
}
