package dev.firn.io.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
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
        CoalescedRanges.of(List.of(range(500, 10), range(0, 100), range(110, 40)), 10);

    assertThat(ranges.reads(), contains(range(0, 150), range(500, 10)));
    assertThat(ranges.betweenBytes(), equalTo(10L));
  }

  @Test
  void rangesThatOverlapAreReadOnce() {
    CoalescedRanges ranges =
        CoalescedRanges.of(List.of(range(10, 50), range(0, 100), range(10, 50)), 0);

    assertThat(ranges.reads(), contains(range(0, 100)));
    assertThat(ranges.betweenBytes(), equalTo(0L));
  }

  @Test
  void readsDoNotGrowBeyondALimit() {
    List<ByteRange> wanted = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      wanted.add(range((long) i << 20, 1 << 20));
    }

    CoalescedRanges ranges = CoalescedRanges.of(wanted, 10);

    ranges.reads().forEach(read -> assertThat(read.lengthBytes(), lessThanOrEqualTo(64L << 20)));
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
      CoalescedRanges ranges = CoalescedRanges.of(wanted, random.nextInt(300));

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
