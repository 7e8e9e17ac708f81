package dev.firn.io.source;

import dev.firn.io.object.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranges of a file put together where they overlap or lie close to each other: where to skip what
 * is between them would cost more than to read it, and what is read for nothing stays a small part
 * of the whole.
 *
 * @param wanted the ranges, in their order
 * @param reads what is read, ascending and apart from each other
 * @param readOf for each wanted range, which of {@code reads} has it
 */
record CoalescedRanges(List<ByteRange> wanted, List<ByteRange> reads, List<Integer> readOf) {
  /** No request is made longer than this by putting ranges together. */
  static final long LONGEST_BYTES = 8 << 20;

  /** About what a connection transfers while a request of its own is answered. */
  private static final long CLOSE_BYTES = 256 << 10;

  /** No more than the headers of another request and its answer. */
  private static final long FREE_BYTES = 512;

  /** What is wanted is at least so many times what is between. */
  private static final long WANTED_TO_BETWEEN = 25;

  static CoalescedRanges of(List<ByteRange> wanted) {
    List<Read> reads = new ArrayList<>();
    Integer[] readOf = new Integer[wanted.size()];
    for (int i : byOffset(wanted)) {
      ByteRange range = wanted.get(i);
      int last = reads.size() - 1;
      if (last >= 0 && reads.get(last).isCloseTo(range)) {
        reads.set(last, reads.get(last).with(range));
      } else {
        reads.add(new Read(range, 0));
      }
      readOf[i] = reads.size() - 1;
    }
    return new CoalescedRanges(
        wanted, reads.stream().map(Read::range).toList(), Arrays.asList(readOf));
  }

  private static List<Integer> byOffset(List<ByteRange> ranges) {
    return IntStream.range(0, ranges.size())
        .boxed()
        .sorted(Comparator.comparingLong(i -> ranges.get(i).offset()))
        .toList();
  }

  /** A read that grows, and how much of it lies between wanted ranges. */
  private record Read(ByteRange range, long betweenBytes) {
    boolean isCloseTo(ByteRange next) {
      long between = next.offset() - range.end();
      if (between < 0) {
        return true;
      }
      long wantedBytes = range.lengthBytes() - betweenBytes + next.lengthBytes();
      boolean isWorthIt =
          between <= FREE_BYTES
              || (between <= CLOSE_BYTES
                  && (betweenBytes + between) * WANTED_TO_BETWEEN <= wantedBytes);
      return isWorthIt && next.end() - range.offset() <= LONGEST_BYTES;
    }

    Read with(ByteRange next) {
      long end = Math.max(range.end(), next.end());
      return new Read(
          new ByteRange(range.offset(), end - range.offset()),
          betweenBytes + Math.max(0, next.offset() - range.end()));
    }
  }

  /**
   * The reads, several to a request.
   *
   * @param mostReads how many a request may have
   */
  List<List<ByteRange>> requests(int mostReads) {
    List<List<ByteRange>> requests = new ArrayList<>();
    long bytes = 0;
    for (ByteRange read : reads) {
      List<ByteRange> last = requests.isEmpty() ? List.of() : requests.get(requests.size() - 1);
      if (last.isEmpty()
          || last.size() == mostReads
          || bytes + read.lengthBytes() > LONGEST_BYTES) {
        requests.add(new ArrayList<>());
        bytes = 0;
      }
      requests.get(requests.size() - 1).add(read);
      bytes += read.lengthBytes();
    }
    return requests;
  }

  /** Which of the wanted ranges each of {@link #requests} has, by their numbers from 0. */
  List<List<Integer>> wantedOf(int mostReads) {
    List<List<Integer>> wantedOf = new ArrayList<>();
    List<List<Integer>> ofReads = new ArrayList<>();
    for (List<ByteRange> request : requests(mostReads)) {
      wantedOf.add(new ArrayList<>());
      request.forEach(read -> ofReads.add(wantedOf.get(wantedOf.size() - 1)));
    }
    for (int i = 0; i < wanted.size(); i++) {
      ofReads.get(readOf.get(i)).add(i);
    }
    return wantedOf;
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
    for (int i : byOffset(wanted)) {
      ByteRange range = wanted.get(i);
      int read = readOf.get(i);
      covered += Math.max(0, range.end() - Math.max(range.offset(), ends[read]));
      ends[read] = Math.max(ends[read], range.end());
    }
    return reads.stream().mapToLong(ByteRange::lengthBytes).sum() - covered;
  }
}
