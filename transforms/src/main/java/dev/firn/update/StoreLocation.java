package dev.firn.update;

import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetSpec;
import dev.firn.io.object.ObjectPath;

/**
 * Where a store is: a name in the directory (or below the prefix) that also holds its journal.
 *
 * @param parentUrl the URL of that directory
 * @param name the store's name in it, ending in {@code .zarr}
 */
public record StoreLocation(String parentUrl, String name) {

  /**
   * Reads a {@code --store} URL: one that ends in {@code .zarr} is the store itself, any other a
   * base below which the dataset has its place.
   */
  public static StoreLocation of(String url, DatasetSpec spec) {
    String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (trimmed.endsWith(".icechunk")) {
      throw new ConfigurationException(
          "Cannot write "
              + url
              + ": Icechunk stores are not supported yet, use one that ends in .zarr");
    }
    boolean isStore = trimmed.endsWith(".zarr");
    if (trimmed.startsWith("s3:")
        && !trimmed.matches(isStore ? "s3://[^/]+(/[^/]+)+" : "s3://[^/]+(/[^/]+)*")) {
      throw new ConfigurationException(
          "Cannot write " + url + ": expected s3://BUCKET/PREFIX or s3://BUCKET/PATH.zarr");
    }
    return isStore
        ? parse(trimmed)
        : new StoreLocation(trimmed + "/" + spec.id(), "v" + spec.version() + ".zarr");
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

  ObjectPath journals() {
    return new ObjectPath("_internal/" + name);
  }
}
