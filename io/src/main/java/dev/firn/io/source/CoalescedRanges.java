package dev.firn.io.source;

import dev.firn.io.object.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranges of a file put together where they overlap or lie so close to each other that to skip what
 * is between them would cost more than to read it.
 *
 * @param wanted the ranges, in their order
 * @param reads what is read, ascending and apart from each other
 * @param readOf for each wanted range, which of {@code reads} has it
 */
record CoalescedRanges(List<ByteRange> wanted, List<ByteRange> reads, List<Integer> readOf) {
  /** About what a connection transfers while a request of its own is answered. */
  static final long CLOSE_BYTES = 256 << 10;

  /** No read is made longer than this by putting ranges together. */
  private static final long LONGEST_BYTES = 64 << 20;

  static CoalescedRanges of(List<ByteRange> wanted, long closeBytes) {
    List<Integer> byOffset =
        IntStream.range(0, wanted.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> wanted.get(i).offset()))
            .toList();
    List<ByteRange> reads = new ArrayList<>();
    Integer[] readOf = new Integer[wanted.size()];
    for (int i : byOffset) {
      ByteRange range = wanted.get(i);
      int last = reads.size() - 1;
      if (last >= 0 && areClose(reads.get(last), range, closeBytes)) {
        reads.set(last, union(reads.get(last), range));
      } else {
        reads.add(range);
      }
      readOf[i] = reads.size() - 1;
    }
    return new CoalescedRanges(wanted, reads, Arrays.asList(readOf));
  }

  private static boolean areClose(ByteRange before, ByteRange after, long closeBytes) {
    boolean overlap = after.offset() < before.end();
    return overlap
        || (after.offset() - before.end() <= closeBytes
            && after.end() - before.offset() <= LONGEST_BYTES);
  }

  private static ByteRange union(ByteRange before, ByteRange after) {
    return new ByteRange(before.offset(), Math.max(before.end(), after.end()) - before.offset());
  }

  /** The wanted ranges out of the bytes of {@code reads}. */
  List<byte[]> split(List<byte[]> bytes) {
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      ByteRange range = wanted.get(i);
      ByteRange read = reads.get(readOf.get(i));
      byte[] all = bytes.get(readOf.get(i));
      int from = Math.toIntExact(range.offset() - read.offset());
      parts.add(
          range.equals(read)
              ? all
              : Arrays.copyOfRange(all, from, Math.toIntExact(from + range.lengthBytes())));
    }
    return parts;
  }

  /** How many bytes are read that nobody wanted. */
  long betweenBytes() {
    long[] ends = new long[reads.size()];
    long covered = 0;
    List<Integer> byOffset =
        IntStream.range(0, wanted.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> wanted.get(i).offset()))
            .toList();
    for (int i : byOffset) {
      ByteRange range = wanted.get(i);
      int read = readOf.get(i);
      covered += Math.max(0, range.end() - Math.max(range.offset(), ends[read]));
      ends[read] = Math.max(ends[read], range.end());
    }
    return reads.stream().mapToLong(ByteRange::lengthBytes).sum() - covered;
  }
}
