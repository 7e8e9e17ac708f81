package dev.firn.update;

import dev.firn.dataset.ConfigurationException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads source files by URL, each below a mirrored prefix from its mirror instead. Safe for use by
 * many threads.
 */
public final class Sources implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("([a-z][a-z0-9+.-]*://[^/]*)/(.+)");

  private static final ByteRange FIRST_BYTE = new ByteRange(0, 1);

  private final Map<String, String> mirrors;
  private final Map<String, ObjectStore> stores = new ConcurrentHashMap<>();

  /**
   * Sources with mirrors.
   *
   * @param mirrors from a prefix of URLs to the URL that is read instead
   */
  public Sources(Map<String, String> mirrors) {
    this.mirrors = new LinkedHashMap<>(mirrors);
  }

  /**
   * Checks that a file at {@code url} could be read if there is one; says how to read it if not.
   * Where access is denied that remains open: stores that may not be listed answer so of files that
   * are not there.
   *
   * @throws IOException if the store cannot be reached, or takes no such credentials
   */
  public void check(String url) throws IOException {
    try {
      range(url, FIRST_BYTE);
    } catch (AccessDeniedException perhapsAbsent) {
      return;
    } catch (UnsupportedFeatureException unsupported) {
      throw new ConfigurationException(
          "Cannot read sources at "
              + url
              + ": this scheme is not supported yet; name a copy with --mirror PREFIX=URL",
          unsupported);
    }
  }

  Optional<StoredObject> get(String url) throws IOException {
    Located located = locate(url);
    return located.store().get(located.path());
  }

  Optional<ObjectStat> stat(String url) throws IOException {
    Located located = locate(url);
    return located.store().stat(located.path());
  }

  Optional<byte[]> range(String url, ByteRange range) throws IOException {
    Located located = locate(url);
    return located.store().getRange(located.path(), range);
  }

  private record Located(ObjectStore store, ObjectPath path) {}

  private Located locate(String url) {
    String mirrored = mirrored(url);
    Matcher parts = URL.matcher(mirrored);
    if (!parts.matches()) {
      throw new ConfigurationException(
          "Invalid source URL '" + mirrored + "': expected scheme://host/path");
    }
    String root = parts.group(1).equals("file://") ? "file:///" : parts.group(1);
    return new Located(
        stores.computeIfAbsent(root, ObjectStores::open), new ObjectPath(parts.group(2)));
  }

  private String mirrored(String url) {
    for (Map.Entry<String, String> mirror : mirrors.entrySet()) {
      String prefix = mirror.getKey();
      if (url.equals(prefix) || url.startsWith(prefix.endsWith("/") ? prefix : prefix + "/")) {
        String target = mirror.getValue();
        String rest = url.substring(prefix.length());
        return (target.endsWith("/") ? target.substring(0, target.length() - 1) : target)
            + (rest.startsWith("/") ? rest : "/" + rest);
      }
    }
    return url;
  }

  @Override
  public void close() throws IOException {
    for (ObjectStore store : stores.values()) {
      store.close();
    }
  }
}
