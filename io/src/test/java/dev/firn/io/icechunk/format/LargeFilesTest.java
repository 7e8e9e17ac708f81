package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.firn.io.Origin;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of a million chunks; times go to the log. */
@Tag("long")
class LargeFilesTest {
  private static final Logger LOG = LoggerFactory.getLogger(LargeFilesTest.class);
  private static final Origin ORIGIN = Origin.of("large");
  private static final int COUNT = 1_000_000;
  private static final NodeId NODE = new NodeId(42);

  private static ChunkIndex index(int i) {
    return ChunkIndex.of(i / 100, i % 100, 0);
  }

  @Test
  void aMillionNativeReferences() {
    Random random = new Random(1);
    ChunkId[] ids = new ChunkId[COUNT];
    for (int i = 0; i < COUNT; i++) {
      ids[i] = ChunkId.random(random);
    }
    for (int round = 0; round < 4; round++) {
      run("native", Optional.empty(), i -> new NativeChunk(ids[i], 0, 100_000 + i % 1000));
    }
  }

  @Test
  void aMillionVirtualReferences() {
    for (int round = 0; round < 4; round++) {
      run("virtual", Optional.empty(), LargeFilesTest::virtual);
    }
  }

  @Test
  void aMillionVirtualReferencesWithCompressedLocations() {
    for (int round = 0; round < 4; round++) {
      run("compressed", Optional.of(LocationCompression.DEFAULT), LargeFilesTest::virtual);
    }
  }

  private static ChunkRef virtual(int i) {
    String location =
        "s3://noaa-gfs-bdp-pds/gfs.20260101/%02d/atmos/gfs.t00z.pgrb2.0p25.f%06d"
            .formatted(i % 24, i);
    return new VirtualChunk(location, 1000L * i, 500_000, Optional.empty());
  }

  private static void run(
      String what,
      Optional<LocationCompression> compression,
      java.util.function.IntFunction<ChunkRef> ref) {
    List<ChunkRef> refs = java.util.stream.IntStream.range(0, COUNT).mapToObj(ref).toList();
    long start = System.nanoTime();
    ManifestWriter writer = new ManifestWriter(ManifestId.random(new Random(2)), compression);
    for (int i = 0; i < COUNT; i++) {
      writer.add(NODE, index(i), refs.get(i));
    }
    LOG.warn("add {} ms", (System.nanoTime() - start) / 1000000);
    byte[] file = writer.finish(3);
    long written = System.nanoTime();
    Manifest manifest = Manifest.parse(file, ORIGIN);
    long parsed = System.nanoTime();
    for (int i = 0; i < COUNT; i += 10) {
      assertThat(manifest.find(NODE, index(i)).isPresent(), is(true));
    }
    long found = System.nanoTime();
    int count = 0;
    for (IndexedChunkRef entry : manifest.refs(NODE)) {
      count += entry.ref().lengthBytes() > 0 ? 1 : 0;
    }
    long iterated = System.nanoTime();
    assertThat(count, is(COUNT));
    LOG.warn(
        "{}: write {} ms, parse {} ms, 100000 finds {} ms, iterate {} ms, {} MB, unpacked {} MB",
        what,
        (written - start) / 1000000,
        (parsed - written) / 1000000,
        (found - parsed) / 1000000,
        (iterated - found) / 1000000,
        file.length / 1e6,
        manifest.sizeBytes() / 1e6);
  }

  @Test
  void aMillionUpdatedChunks() {
    for (int round = 0; round < 4; round++) {
      long start = System.nanoTime();
      TransactionLogWriter writer =
          new TransactionLogWriter(SnapshotId.INITIAL, NodeChanges.NONE, List.of());
      for (int i = 0; i < COUNT; i++) {
        writer.addUpdatedChunk(NODE, index(i));
      }
      byte[] file = writer.finish(3);
      long written = System.nanoTime();
      List<ChunkIndex> chunks = TransactionLog.parse(file, ORIGIN).updatedChunks(NODE);
      long parsed = System.nanoTime();
      for (int i = 0; i < COUNT; i += 10) {
        assertThat(Collections.binarySearch(chunks, index(i)), is(i));
      }
      long found = System.nanoTime();
      LOG.warn(
          "log: write {} ms, parse {} ms, 100000 searches {} ms, {} MB",
          (written - start) / 1000000,
          (parsed - written) / 1000000,
          (found - parsed) / 1000000,
          file.length / 1e6);
    }
  }
}
