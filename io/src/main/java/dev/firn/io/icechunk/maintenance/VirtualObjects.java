package dev.firn.io.icechunk.maintenance;

import dev.firn.io.FormatException;
import dev.firn.io.icechunk.VirtualChunks;
import dev.firn.io.icechunk.format.Checksum;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.icechunk.format.IcechunkException;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The objects outside of the repository that virtual chunks are in. Of each the chunk that ends
 * last is looked at: an object that has its last byte has all of them.
 */
final class VirtualObjects {
  private final Map<Version, Last> last = new LinkedHashMap<>();

  /** An object as references know it. */
  private record Version(String location, Optional<Checksum> checksum) {}

  /** The chunk of an object that ends last. */
  private record Last(VirtualChunk chunk, ChunkReferrer referrer) {
    private static Last of(Last left, Last right) {
      return left.end() < right.end() ? right : left;
    }

    private long end() {
      return chunk.offset() + chunk.lengthBytes();
    }
  }

  synchronized void add(VirtualChunk chunk, ChunkReferrer referrer) {
    last.merge(
        new Version(chunk.location(), chunk.checksum()), new Last(chunk, referrer), Last::of);
  }

  synchronized boolean isEmpty() {
    return last.isEmpty();
  }

  /**
   * Looks at all objects in places that may be read.
   *
   * @return how many those are
   */
  long check(VirtualChunks reader, Workers workers, StoredObjects findings) throws IOException {
    AtomicLong checked = new AtomicLong();
    workers.forEach(
        List.copyOf(last.values()),
        found -> {
          VirtualChunk chunk = found.chunk();
          try {
            reader.read(chunk, new ByteRange(Math.max(0, chunk.lengthBytes() - 1), 1));
            checked.incrementAndGet();
          } catch (IcechunkException | FormatException | IllegalArgumentException damaged) {
            checked.incrementAndGet();
            findings.damaged(chunk.location(), damaged.getMessage(), found.referrer().toString());
          } catch (IllegalStateException notAuthorised) {
            return;
          }
        });
    return checked.get();
  }
}
