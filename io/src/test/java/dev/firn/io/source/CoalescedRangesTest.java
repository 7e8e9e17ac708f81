package dev.firn.io.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.firn.io.object.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoalescedRangesTest {
  private static ByteRange range(long offset, long length) {
    return new ByteRange(offset, length);
  }

  @Test
  void closeRangesAreReadTogether() {
    CoalescedRanges ranges =
        CoalescedRanges.of(List.of(range(5000, 10), range(0, 100), range(600, 40)));

    assertThat(ranges.reads(), contains(range(0, 640), range(5000, 10)));
    assertThat(ranges.betweenBytes(), equalTo(500L));
  }

  @Test
  void whatIsBetweenStaysASmallPartOfWhatIsWanted() {
    Random random = new Random(4);
    int together = 0;
    for (int round = 0; round < 300; round++) {
      List<ByteRange> wanted = new ArrayList<>();
      long end = 0;
      for (int i = 0; i < 30; i++) {
        long offset = end + 1000 + random.nextInt(40_000);
        wanted.add(range(offset, 200_000 + random.nextInt(600_000)));
        end = wanted.get(i).end();
      }

      CoalescedRanges ranges = CoalescedRanges.of(wanted);

      long bytes = ranges.reads().stream().mapToLong(ByteRange::lengthBytes).sum();
      assertThat(ranges.betweenBytes() * 20, lessThanOrEqualTo(bytes));
      together += 30 - ranges.reads().size();
    }
    assertThat(together, greaterThan(300 * 10));
  }

  @Test
  void requestsHaveManyReadsButNotTooMuch() {
    List<ByteRange> wanted = new ArrayList<>();
    for (int i = 9; i >= 0; i--) {
      wanted.add(range((long) i << 30, 1 << 20));
    }
    wanted.add(range(3L << 30, 10));
    CoalescedRanges ranges = CoalescedRanges.of(wanted);

    assertThat(ranges.requests(1).size(), equalTo(10));
    assertThat(ranges.requests(100).stream().map(List::size).toList(), contains(8, 2));
    assertThat(ranges.requests(3).stream().map(List::size).toList(), contains(3, 3, 3, 1));
    assertThat(ranges.wantedOf(100), contains(List.of(2, 3, 4, 5, 6, 7, 8, 9, 10), List.of(0, 1)));
  }

  @Test
  void requestsOfAPartOfTheRangesAreTheSame() {
    Random random = new Random(6);
    List<ByteRange> wanted = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      wanted.add(range(random.nextInt(300_000_000), random.nextInt(900_000)));
    }
    CoalescedRanges all = CoalescedRanges.of(wanted);
    List<List<Integer>> numbers = all.wantedOf(4);

    for (int i = 0; i < numbers.size(); i++) {
      List<ByteRange> part = numbers.get(i).stream().map(wanted::get).toList();
      assertThat(CoalescedRanges.of(part).requests(4), contains(all.requests(4).get(i)));
    }
  }

  @Test
  void rangesThatOverlapAreReadOnce() {
    CoalescedRanges ranges =
        CoalescedRanges.of(List.of(range(10, 50), range(0, 100), range(10, 50)));

    assertThat(ranges.reads(), contains(range(0, 100)));
    assertThat(ranges.betweenBytes(), equalTo(0L));
  }

  @Test
  void readsDoNotGrowBeyondALimit() {
    List<ByteRange> wanted = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      wanted.add(range((long) i << 20, 1 << 20));
    }

    CoalescedRanges ranges = CoalescedRanges.of(wanted);

    ranges
        .reads()
        .forEach(
            read ->
                assertThat(read.lengthBytes(), lessThanOrEqualTo(CoalescedRanges.LONGEST_BYTES)));
  }

  @Test
  void anyRangesAreCutOutOfTheirReads() {
    Random random = new Random(11);
    byte[] file = new byte[5000];
    random.nextBytes(file);
    for (int round = 0; round < 200; round++) {
      List<ByteRange> wanted = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(8); i++) {
        int offset = random.nextInt(file.length);
        wanted.add(range(offset, random.nextInt(file.length - offset)));
      }
      CoalescedRanges ranges = CoalescedRanges.of(wanted);

      List<byte[]> parts =
          ranges.split(ranges.reads().stream().map(read -> cut(file, read)).toList());

      for (int i = 0; i < wanted.size(); i++) {
        assertThat(Arrays.equals(parts.get(i), cut(file, wanted.get(i))), equalTo(true));
      }
    }
  }

  private static byte[] cut(byte[] file, ByteRange range) {
    return Arrays.copyOfRange(file, (int) range.offset(), (int) range.end());
  }
}
