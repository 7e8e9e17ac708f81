package dev.firn.io.icechunk;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.Checksum;
import dev.firn.io.icechunk.format.ChunkId;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.ChunkRef.InlineChunk;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChunkTableTest {
  @Test
  void everyKindOfReferenceComesOutAsItWentIn() {
    List<ChunkRef> refs =
        List.of(
            new InlineChunk(Bytes.utf8("inline")),
            new InlineChunk(Bytes.utf8("x".repeat(3_000_000))),
            new NativeChunk(new ChunkId(-1, 7), 1L << 40, 12),
            new VirtualChunk("s3://bucket/über/file.nc", 0, Long.MAX_VALUE, Optional.empty()),
            new VirtualChunk("file", 5, 6, Optional.of(new Checksum.ETagChecksum("\"tag\""))),
            new VirtualChunk("s3://b/", 5, 6, Optional.of(new Checksum.LastModified(4294967295L))));
    ChunkTable table = new ChunkTable(1);

    for (int i = 0; i < refs.size(); i++) {
      table.put(ChunkChange.set(ChunkIndex.of(i), refs.get(i)));
    }

    assertThat(
        table.changes().stream().map(change -> change.ref().orElseThrow()).toList(), equalTo(refs));
  }

  @Test
  void tableBehavesAsASortedMap() {
    Random random = new Random(7);
    Map<ChunkIndex, ChunkChange> expected = new TreeMap<>();
    ChunkTable table = new ChunkTable(2);
    for (int i = 0; i < 20_000; i++) {
      ChunkIndex index = ChunkIndex.of(random.nextInt(60), 0xFFFF_FFF0L + random.nextInt(16));
      ChunkChange change =
          random.nextInt(4) == 0
              ? ChunkChange.deleted(index)
              : ChunkChange.set(index, new NativeChunk(ChunkId.random(random), i, 1));
      if (random.nextInt(5) == 0) {
        table.drop(index);
        expected.remove(index);
      } else {
        table.put(change);
        expected.put(index, change);
      }
    }

    assertThat(table.size(), equalTo(expected.size()));
    assertThat(table.changes(), equalTo(List.copyOf(expected.values())));
    assertThat(table.indexes(), equalTo(List.copyOf(expected.keySet())));
    expected.forEach(
        (index, change) -> assertThat(table.find(index), equalTo(Optional.of(change))));
  }

  @Test
  void scalarHasOneChunk() {
    ChunkTable table = new ChunkTable(0);

    table.put(ChunkChange.deleted(ChunkIndex.of()));
    table.put(ChunkChange.deleted(ChunkIndex.of()));

    assertThat(table.indexes(), contains(ChunkIndex.of()));
  }

  @Test
  void aMillionVirtualReferencesTakeAHundredBytesEach() {
    int count = 1_000_000;
    long before = usedBytes();
    ChunkTable table = new ChunkTable(3);
    for (int i = 0; i < count; i++) {
      String location = "s3://noaa-gfs/gfs.20260101/00/atmos/gfs.t00z.pgrb2.0p25.f" + i / 1000;
      ChunkIndex index = ChunkIndex.of(i / 1000, i / 10 % 100, i % 10);
      table.put(
          ChunkChange.set(index, new VirtualChunk(location, 1000L * i, 900, Optional.empty())));
    }

    long bytesEach = (usedBytes() - before) / count;

    assertThat(table.size(), equalTo(count));
    assertThat(bytesEach, lessThan(100L));
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
