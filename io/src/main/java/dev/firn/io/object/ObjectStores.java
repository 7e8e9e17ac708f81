package dev.firn.io.object;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.object.s3.S3ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** Opens object stores by the URLs of their roots. */
public final class ObjectStores {
  private static final List<StoreDecorator> DECORATORS =
      ServiceLoader.load(StoreDecorator.class, ObjectStores.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private ObjectStores() {}

  /**
   * The store whose root is {@code url}: a {@code file:} or {@code s3:} URL, or a path of the local
   * file system. Opening makes no request. Every {@link StoreDecorator} on the class path stands
   * before it.
   *
   * @throws UnsupportedFeatureException for every other scheme
   */
  public static ObjectStore open(String url) {
    ObjectStore store = undecorated(url);
    for (StoreDecorator decorator : DECORATORS) {
      store = decorator.decorate(store);
    }
    return store;
  }

  /**
   * Finds out whether the store at {@code url} can be written: whether it shows what was put, and
   * honours conditions, or else the user says that there is a single writer. Asks each store once
   * in the life of the process, those that are not {@code s3:} never: their promises are Firn's
   * own. Who only reads has no need of it.
   *
   * @throws UnfitStoreException if it cannot be written
   */
  public static void requireWritable(String url) throws IOException {
    try (ObjectStore store = undecorated(url)) {
      if (store instanceof S3ObjectStore s3) {
        StoreProbe.require(s3, s3.hasSingleWriter());
      }
    }
  }

  private static ObjectStore undecorated(String url) {
    if (url.startsWith("file:")) {
      String path = URI.create(url.replace(" ", "%20")).getPath();
      return new LocalObjectStore(Path.of(path));
    }
    if (url.startsWith("s3:")) {
      return S3ObjectStore.open(url);
    }
    if (url.matches("[a-z][a-z0-9+.-]+:.*")) {
      String scheme = url.substring(0, url.indexOf(':'));
      throw new UnsupportedFeatureException("store scheme '" + scheme + ":'", Origin.of(url));
    }
    return new LocalObjectStore(Path.of(url));
  }
}
