package dev.firn.io.icechunk.format;

import dev.firn.io.icechunk.format.Checksum.ETagChecksum;
import dev.firn.io.icechunk.format.Checksum.LastModified;
import dev.firn.io.icechunk.format.ChunkRef.InlineChunk;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a manifest of version 2 from references that arrive in order, with the memory of the
 * uncompressed file. Chunks that follow each other and have one location share it.
 *
 * <p>Whether locations are compressed is known once there are as many virtual chunks as the
 * settings ask for: up to then these are kept.
 */
public final class ManifestWriter {
  private static final int ID = 0;
  private static final int ARRAYS = 1;
  private static final int DICTIONARY = 2;
  private static final int COMPRESSION = 3;
  private static final int FIELDS = 5;
  private static final int PLAIN = 0;
  private static final int ZSTD_DICTIONARY = 1;

  private final FlatWriter out = new FlatWriter();
  private final ManifestId id;
  private final Optional<LocationCompression> compression;
  private final ChunkSequence sequence = new ChunkSequence();
  private final List<Pending> pending = new ArrayList<>();
  private Optional<LocationCompressor> compressor = Optional.empty();
  private boolean undecided;
  private String lastLocation = "";
  private int lastLocationAt;
  private boolean lastIsCompressed;

  /** A reference that is not written yet, though its place in the order is known. */
  private record Pending(Positions positions, int at, ChunkIndex index, VirtualChunk ref) {}

  /**
   * Begins a manifest.
   *
   * @param id its id
   * @param compression how locations of virtual chunks are compressed, when they are
   */
  public ManifestWriter(ManifestId id, Optional<LocationCompression> compression) {
    this.id = id;
    this.compression = compression;
    this.undecided = compression.isPresent();
  }

  /** Adds a reference, which must come after all others in the order of (node, index). */
  public void add(NodeId node, ChunkIndex index, ChunkRef ref) {
    Positions positions = sequence.next(node, index);
    if (ref instanceof VirtualChunk chunk && undecided) {
      pending.add(new Pending(positions, positions.size(), index, chunk));
      positions.add(0);
      if (pending.size() >= compression.orElseThrow().minChunks()) {
        decide();
      }
    } else {
      positions.add(write(index, ref));
    }
  }

  /** The number of references added. */
  public long count() {
    return sequence.count();
  }

  /** Ends the manifest: the file, compressed at a zstd level. */
  public byte[] finish(int zstdLevel) {
    if (count() == 0) {
      throw new IllegalStateException("A manifest has at least one reference");
    }
    writePending();
    int arrays = sequence.write(out, 3);
    int dictionary = 0;
    if (compressor.isPresent()) {
      dictionary = out.bytes(compressor.get().dictionary());
      compressor.get().close();
    }
    int algorithm = compressor.isPresent() ? ZSTD_DICTIONARY : PLAIN;
    out.finish(
        out.table(FIELDS)
            .pointer(ARRAYS, arrays)
            .pointer(DICTIONARY, dictionary)
            .struct(ID, id.bytes())
            .uint8(COMPRESSION, algorithm, ZSTD_DICTIONARY)
            .end());
    return FileEnvelope.seal(out, FileType.MANIFEST, zstdLevel);
  }

  private void decide() {
    List<String> locations = new ArrayList<>();
    for (Pending each : pending) {
      locations.add(each.ref().location());
    }
    compressor = LocationCompressor.train(locations, compression.orElseThrow());
    writePending();
  }

  private void writePending() {
    undecided = false;
    for (Pending late : pending) {
      late.positions().set(late.at(), write(late.index(), late.ref()));
    }
    pending.clear();
  }

  private int write(ChunkIndex index, ChunkRef ref) {
    if (ref instanceof NativeChunk chunk) {
      int coordinates = out.coordinates(index);
      return table(chunk.offset(), chunk.lengthBytes())
          .pointer(ChunkRefTable.INDEX, coordinates)
          .struct(ChunkRefTable.CHUNK_ID, chunk.id().bytes())
          .end();
    }
    if (ref instanceof InlineChunk chunk) {
      int content = out.bytes(chunk.content().array());
      int coordinates = out.coordinates(index);
      return out.table(ChunkRefTable.FIELDS)
          .pointer(ChunkRefTable.INDEX, coordinates)
          .pointer(ChunkRefTable.INLINE, content)
          .end();
    }
    return virtual(index, (VirtualChunk) ref);
  }

  private int virtual(ChunkIndex index, VirtualChunk chunk) {
    writeLocation(chunk.location());
    Checksum checksum = chunk.checksum().orElse(null);
    int tag = checksum instanceof ETagChecksum etag ? out.string(etag.value()) : 0;
    long seconds = checksum instanceof LastModified modified ? modified.epochSeconds() : 0;
    int coordinates = out.coordinates(index);
    int field = lastIsCompressed ? ChunkRefTable.COMPRESSED_LOCATION : ChunkRefTable.LOCATION;
    return table(chunk.offset(), chunk.lengthBytes())
        .pointer(ChunkRefTable.INDEX, coordinates)
        .pointer(field, lastLocationAt)
        .pointer(ChunkRefTable.ETAG, tag)
        .int32(ChunkRefTable.LAST_MODIFIED, (int) seconds)
        .end();
  }

  private FlatWriter.Table table(long offset, long lengthBytes) {
    return out.table(ChunkRefTable.FIELDS)
        .int64(ChunkRefTable.OFFSET, offset)
        .int64(ChunkRefTable.LENGTH, lengthBytes);
  }

  private void writeLocation(String location) {
    if (lastLocationAt == 0 || !location.equals(lastLocation)) {
      int compressed = compressor.isPresent() ? compressor.get().write(out, location) : 0;
      lastIsCompressed = compressed != 0;
      lastLocationAt = lastIsCompressed ? compressed : out.string(location);
      lastLocation = location;
    }
  }
}
