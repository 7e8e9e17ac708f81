package dev.firn.io.grib.packing.aec;

import dev.firn.io.Origin;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Decodes samples, one reference sample interval at a time.
 *
 * <p>An interval is a run of blocks. A block begins with an identifier of its option:
 *
 * <ul>
 *   <li>0, then a 0: a run of blocks of zeros, its length in unary
 *   <li>0, then a 1: second extension, pairs of samples in unary
 *   <li>k + 1: sample splitting, all but the last k bits in unary, then the last k bits of all
 *   <li>all ones: samples as they are
 * </ul>
 *
 * <p>The reference sample follows the identifier of an interval's first block.
 */
public final class AecDecoder {
  private static final int REST_OF_SEGMENT = 5;
  private static final int SEGMENT = 64;

  private final AecOptions options;
  private final AecBits bits;
  private final int intervalSize;
  private final int[] samples;
  private final int uncoded;
  private int left;

  private AecDecoder(AecOptions options, AecBits bits, int count, IntFunction<int[]> buffers) {
    this.options = options;
    this.bits = bits;
    this.left = count;
    this.uncoded = (1 << options.identifierBits()) - 1;
    int blocks = Math.min(blocks(count, options), options.referenceInterval());
    this.intervalSize = blocks * options.blockSize();
    this.samples = buffers.apply(intervalSize);
  }

  /**
   * A decoder of {@code count} samples.
   *
   * @param data the coded samples, a buffer with an array
   * @param origin where they begin
   * @param buffers gives an array of at least so many integers, in which samples are decoded
   * @throws dev.firn.io.CorruptInputException when the data are too short for so many samples
   */
  public static AecDecoder of(
      AecOptions options, ByteBuffer data, Origin origin, int count, IntFunction<int[]> buffers) {
    AecBits bits = new AecBits(data, origin);
    long segments = (blocks(count, options) + SEGMENT - 1L) / SEGMENT;
    int shortestSegment = options.identifierBits() + 2;
    if (segments * shortestSegment > bits.size()) {
      throw bits.corrupt(count + " samples in " + bits.size() / 8 + " octets");
    }
    return new AecDecoder(options, bits, count, buffers);
  }

  private static int blocks(int count, AecOptions options) {
    return (int) ((count + options.blockSize() - 1L) / options.blockSize());
  }

  /**
   * Decodes the next interval.
   *
   * @return how many samples it has, 0 after the last
   */
  public int next() {
    int count = Math.min(left, intervalSize);
    int decoded = 0;
    while (decoded < count) {
      decoded += decodeBlocks(decoded, count);
    }
    if (count > 0 && options.preprocessed()) {
      undoPreprocessing(count);
    }
    if (options.padded()) {
      bits.alignToOctet();
    }
    bits.checkEnd();
    left -= count;
    return count;
  }

  /**
   * The samples of the interval decoded last, unsigned; signed ones are two's complement in as many
   * octets as they need: 1, 2 or 4. The array is filled anew by {@link #next}.
   */
  public int[] samples() {
    return samples;
  }

  /** Decodes a block, or a run of blocks of zeros; returns how many samples that is. */
  private int decodeBlocks(int from, int count) {
    int option = bits.integer(options.identifierBits());
    int to = from + options.blockSize();
    if (option == uncoded) {
      bits.integers(samples, from, Math.min(to, count), options.bitsPerSample());
      return to - from;
    }
    boolean isSecondExtension = option == 0 && bits.integer(1) == 1;
    int coded = from;
    if (from == 0 && options.preprocessed()) {
      samples[coded++] = bits.integer(options.bitsPerSample());
    }
    if (isSecondExtension) {
      decodePairs(from, coded, to);
    } else if (option == 0) {
      return fillZeros(from, coded);
    } else {
      split(coded, to, option - 1);
    }
    return to - from;
  }

  private void split(int from, int to, int width) {
    bits.unaries(samples, from, to, width);
    if (width > 0) {
      bits.addIntegers(samples, from, to, width);
    }
  }

  /**
   * The numbers of pairs are read into the block's second half, then taken apart from the first on.
   * The first pair of an interval has the reference sample in place of its first.
   */
  private void decodePairs(int from, int coded, int to) {
    int middle = (from + to) / 2;
    bits.unaries(samples, middle, to, 0);
    int i = from;
    for (int next = middle; next < to; next++, i += 2) {
      int pair = samples[next];
      if (pair > SecondExtension.MAX) {
        throw bits.corrupt("pair of samples " + pair + ", expected at most " + SecondExtension.MAX);
      }
      if (i >= coded) {
        samples[i] = SecondExtension.first(pair);
      }
      samples[i + 1] = SecondExtension.second(pair);
    }
  }

  private int fillZeros(int from, int coded) {
    int block = from / options.blockSize();
    int rest = options.referenceInterval() - block;
    int blocks = bits.unary() + 1;
    if (blocks == REST_OF_SEGMENT) {
      blocks = Math.min(rest, SEGMENT - block % SEGMENT);
    } else if (blocks > REST_OF_SEGMENT) {
      blocks--;
    }
    if (blocks > rest) {
      throw bits.corrupt(blocks + " blocks of zeros, " + rest + " are left in the interval");
    }
    int to = Math.min(intervalSize, from + blocks * options.blockSize());
    Arrays.fill(samples, coded, to, 0);
    return to - from;
  }

  private void undoPreprocessing(int count) {
    int width = options.bitsPerSample();
    int signBit = 1 << (width - 1);
    if (options.signed()) {
      samples[0] ^= signBit;
    }
    if (!UnitDelay.undo(samples, count, width)) {
      throw bits.corrupt("a difference of samples has more than " + width + " bits");
    }
    if (options.signed()) {
      int container = width <= 8 ? 0xFF : width <= 16 ? 0xFFFF : -1;
      for (int i = 0; i < count; i++) {
        samples[i] = (samples[i] - signBit) & container;
      }
    }
  }
}
