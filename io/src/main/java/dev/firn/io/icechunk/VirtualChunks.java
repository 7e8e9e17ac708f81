package dev.firn.io.icechunk;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.icechunk.RepositoryConfig.VirtualContainer;
import dev.firn.io.icechunk.format.Checksum;
import dev.firn.io.icechunk.format.Checksum.ETagChecksum;
import dev.firn.io.icechunk.format.Checksum.LastModified;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ETag;
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
    ObjectPath path = path(place, chunk);
    Origin origin = Origin.of(chunk.location(), chunk.offset() + range.offset());
    ByteRange wanted = new ByteRange(chunk.offset() + range.offset(), range.lengthBytes());
    Optional<byte[]> bytes =
        chunk.checksum().isPresent()
            ? Optional.of(checked(chunk, store, path, wanted))
            : store.getRange(path, wanted);
    return Stored.exactly(bytes, wanted, "virtual chunk", origin);
  }

  /** The object in the container's store; keys that {@code ObjectStore} cannot name are refused. */
  private static ObjectPath path(Place place, VirtualChunk chunk) {
    if (!ObjectPath.isValid(place.key())) {
      throw new UnsupportedFeatureException(
          "virtual chunk whose location has an empty, '.' or '..' segment,",
          Origin.of(chunk.location(), chunk.offset()));
    }
    return new ObjectPath(place.key());
  }

  /** Part of the version of an object that the chunk's checksum names. */
  private static byte[] checked(
      VirtualChunk chunk, ObjectStore store, ObjectPath path, ByteRange wanted) throws IOException {
    Optional<ObjectStat> found = store.stat(path);
    ETag version =
        found
            .filter(object -> isNamed(object, chunk.checksum().orElseThrow()))
            .orElseThrow(() -> otherVersion(chunk, found.map(Object::toString).orElse("missing")))
            .etag();
    return store
        .getRange(path, wanted, version)
        .orElseThrow(() -> otherVersion(chunk, "replaced while it is read"));
  }

  private static CorruptInputException otherVersion(VirtualChunk chunk, String found) {
    return new CorruptInputException(
        "read virtual chunk",
        Origin.of(chunk.location(), chunk.offset()),
        "the object is " + found + ", expected " + chunk.checksum().orElseThrow());
  }

  private static boolean isNamed(ObjectStat object, Checksum checksum) {
    return checksum instanceof ETagChecksum tag
        ? unquoted(tag.value()).equals(unquoted(object.etag().value()))
        : object.lastModified().getEpochSecond() <= ((LastModified) checksum).epochSeconds();
  }

  private static String unquoted(String tag) {
    return tag.replaceAll("^\"|\"$", "");
  }
}
