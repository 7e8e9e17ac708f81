package dev.firn.io.icechunk;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.icechunk.RepositoryConfig.VirtualContainer;
import dev.firn.io.icechunk.format.Checksum;
import dev.firn.io.icechunk.format.Checksum.ETagChecksum;
import dev.firn.io.icechunk.format.Checksum.LastModified;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads virtual chunks: only from places that the repository's configuration names and the
 * repository's user authorised.
 */
public final class VirtualChunks {
  private static final String RELATIVE = "vcc://";

  private final List<VirtualContainer> containers;
  private final VirtualStores stores;

  private record Place(VirtualContainer container, String key) {}

  /** Reads from {@code containers}, as far as there are {@code stores} for them. */
  public VirtualChunks(List<VirtualContainer> containers, VirtualStores stores) {
    this.containers = List.copyOf(containers);
    this.stores = stores;
  }

  /** Throws when no container of the configuration has {@code location}. */
  void requireContainer(String location) {
    place(location);
  }

  private Place place(String location) {
    if (location.startsWith(RELATIVE)) {
      String rest = location.substring(RELATIVE.length());
      int slash = rest.indexOf('/');
      String name = slash < 0 ? rest : rest.substring(0, slash);
      return containers.stream()
          .filter(container -> container.name().equals(Optional.of(name)))
          .findFirst()
          .map(container -> new Place(container, decoded(rest.substring(slash + 1))))
          .orElseThrow(() -> noContainer(location));
    }
    String decoded = decoded(location);
    for (VirtualContainer container : containers) {
      if (decoded.startsWith(container.urlPrefix())) {
        return new Place(container, decoded.substring(container.urlPrefix().length()));
      }
    }
    throw noContainer(location);
  }

  /** The location without query and fragment, and without percent encoding. */
  private static String decoded(String location) {
    int end = 0;
    while (end < location.length() && "?#".indexOf(location.charAt(end)) < 0) {
      end++;
    }
    String path = location.substring(0, end);
    return path.contains("%")
        ? URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8)
        : path;
  }

  private static IllegalArgumentException noContainer(String location) {
    return new IllegalArgumentException(
        "No virtual chunk container of the repository's configuration has " + location);
  }

  /** Part of a chunk: {@code range} counts from the chunk's first byte and is inside of it. */
  public byte[] read(VirtualChunk chunk, ByteRange range) throws IOException {
    Place place = place(chunk.location());
    String prefix = place.container().urlPrefix();
    ObjectStore store =
        stores
            .store(prefix)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Cannot read virtual chunk "
                            + chunk.location()
                            + ": reading below "
                            + prefix
                            + " was not authorised"));
    ObjectPath path = new ObjectPath(place.key());
    if (chunk.checksum().isPresent()) {
      verify(chunk, chunk.checksum().get(), store.stat(path));
    }
    Origin origin = Origin.of(chunk.location(), chunk.offset() + range.offset());
    ByteRange wanted = new ByteRange(chunk.offset() + range.offset(), range.lengthBytes());
    return Stored.exactly(store.getRange(path, wanted), wanted, "virtual chunk", origin);
  }

  private static void verify(VirtualChunk chunk, Checksum checksum, Optional<ObjectStat> found) {
    boolean same =
        found.isPresent()
            && (checksum instanceof ETagChecksum tag
                ? unquoted(tag.value()).equals(unquoted(found.get().etag().value()))
                : found.get().lastModified().getEpochSecond()
                    <= ((LastModified) checksum).epochSeconds());
    if (!same) {
      throw new CorruptInputException(
          "read virtual chunk",
          Origin.of(chunk.location(), chunk.offset()),
          "the object is "
              + found.map(Object::toString).orElse("missing")
              + ", expected "
              + checksum);
    }
  }

  private static String unquoted(String tag) {
    return tag.replaceAll("^\"|\"$", "");
  }
}
