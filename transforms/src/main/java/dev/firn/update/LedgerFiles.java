package dev.firn.update;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The objects of one store's ledger, in {@code _internal/ledger/<store>/} beside it: JSON,
 * compressed with gzip, written once. A name is the SHA-256 of the JSON.
 */
final class LedgerFiles implements AutoCloseable {
  private static final String SUFFIX = ".json.gz";
  private static final int PUT_THREADS = 8;

  private final ObjectStore store;
  private final StoreLocation location;

  private LedgerFiles(ObjectStore store, StoreLocation location) {
    this.store = store;
    this.location = location;
  }

  /** The ledger of the archive at {@code location}. Opening does no I/O. */
  static LedgerFiles open(StoreLocation location, Function<String, ObjectStore> opener) {
    return new LedgerFiles(opener.apply(location.parentUrl()), location);
  }

  /** The name of an object with this content. */
  static String name(byte[] json) {
    return Sha256.hex(json);
  }

  /** The name of the object at a path of {@link #list}. */
  static String name(ObjectPath path) {
    return path.name().substring(0, path.name().length() - SUFFIX.length());
  }

  /** The format of the store that it is beside. */
  StoreFormat format() {
    return StoreFormat.of(location.name()).orElseThrow();
  }

  /** All objects of the ledger, whoever names them. */
  List<ObjectStat> list() throws IOException {
    return store.list(location.ledger()).stream()
        .filter(stat -> stat.path().name().endsWith(SUFFIX))
        .toList();
  }

  void deleteAll(Collection<ObjectPath> paths) throws IOException {
    store.deleteAll(paths);
  }

  private ObjectPath path(String name) {
    return location.ledger().resolve(name + SUFFIX);
  }

  Origin origin(String name) {
    return Origin.of(store.url() + "/" + path(name));
  }

  byte[] read(String name) throws IOException {
    StoredObject found =
        store
            .get(path(name))
            .orElseThrow(
                () -> new IOException("Cannot read " + origin(name) + ": it is not there"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(found.bytes()))) {
      return in.readAllBytes();
    } catch (IOException damaged) {
      throw new CorruptInputException("read ledger", origin(name), damaged.toString(), damaged);
    }
  }

  /** Makes all objects of a change durable. Those that were put before are put again. */
  void put(LedgerChange change) throws IOException {
    ExecutorService threads = Tasks.threads(PUT_THREADS, "ledger");
    try {
      List<Callable<ObjectStat>> puts = new ArrayList<>();
      change
          .objects()
          .forEach((name, json) -> puts.add(() -> store.put(path(name), compressed(json))));
      Tasks.runAll(threads, puts);
    } finally {
      threads.shutdownNow();
    }
  }

  static byte[] compressed(byte[] json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
