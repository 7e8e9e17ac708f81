package dev.firn.update;

import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetSpec;
import dev.firn.io.object.ObjectPath;
import java.util.Optional;

/**
 * Where a store is: a name in the directory (or below the prefix) that also holds its journal.
 *
 * @param parentUrl the URL of that directory
 * @param name the store's name in it, ending in its {@link StoreFormat}
 */
public record StoreLocation(String parentUrl, String name) {

  /**
   * Reads a {@code --store} URL: one that ends in a format is the store itself, any other a base
   * below which the dataset has its place.
   *
   * @param format the format of stores below a base
   */
  public static StoreLocation of(String url, DatasetSpec spec, StoreFormat format) {
    String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    Optional<StoreFormat> named = StoreFormat.of(trimmed);
    if (trimmed.startsWith("s3:")
        && !trimmed.matches(named.isPresent() ? "s3://[^/]+(/[^/]+)+" : "s3://[^/]+(/[^/]+)*")) {
      throw new ConfigurationException(
          "Cannot write "
              + url
              + ": expected s3://BUCKET/PREFIX or s3://BUCKET/PATH"
              + named.orElse(format).suffix());
    }
    return named.isPresent()
        ? parse(trimmed)
        : new StoreLocation(trimmed + "/" + spec.id(), "v" + spec.version() + format.suffix());
  }

  /** Reads the URL of a store itself. */
  public static StoreLocation parse(String url) {
    int slash = url.lastIndexOf('/');
    return slash < 0
        ? new StoreLocation(".", url)
        : new StoreLocation(url.substring(0, slash), url.substring(slash + 1));
  }

  /** The URL of the store itself. */
  public String url() {
    return parentUrl + "/" + name;
  }

  ObjectPath root() {
    return new ObjectPath(name);
  }

  /** Beside the journals, which are listed, and whose names users choose. */
  ObjectPath ledger() {
    return new ObjectPath("_internal/ledger/" + name);
  }

  ObjectPath journals() {
    return new ObjectPath("_internal/" + name);
  }
}
