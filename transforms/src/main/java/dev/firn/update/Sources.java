package dev.firn.update;

import dev.firn.dataset.ConfigurationException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileVersion;
import dev.firn.io.source.FilesByUrl;
import dev.firn.io.source.HostLimits;
import dev.firn.io.source.Logins;
import dev.firn.io.source.SourceFiles;
import dev.firn.io.source.Transfers;
import dev.firn.io.source.VersionedFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads source files by URL, each below a mirrored prefix from its mirror instead; hosts and logins
 * are told by this process's variables ({@link HostLimits}, {@link Logins}). Safe for use by many
 * threads.
 */
public final class Sources implements AutoCloseable {
  private final Transfers transfers;
  private final SourceFiles files;

  /** Sources with mirrors, from {@code files}, which count in {@code transfers}. */
  Sources(Map<String, String> mirrors, SourceFiles files, Transfers transfers) {
    this.files = new MirroredFiles(mirrors, files);
    this.transfers = transfers;
  }

  private Sources(Map<String, String> mirrors, Transfers transfers) {
    this(mirrors, files(name -> Optional.ofNullable(System.getenv(name)), transfers), transfers);
  }

  /**
   * Sources with mirrors.
   *
   * @param mirrors from a prefix of URLs to the URL that is read instead
   * @throws ConfigurationException when a variable is not to be understood
   */
  public Sources(Map<String, String> mirrors) {
    this(mirrors, new Transfers());
  }

  private static SourceFiles files(
      Function<String, Optional<String>> variables, Transfers transfers) {
    try {
      return new FilesByUrl(
          HostLimits.NONE_BUT_USUAL.with(variables), Logins.of(variables), transfers);
    } catch (IllegalArgumentException invalid) {
      throw new ConfigurationException(invalid.getMessage(), invalid);
    }
  }

  /**
   * Checks that a file at {@code url}, a small one, could be read if there is one; says how to read
   * it if not. Where a store denies access that remains open: those that may not be listed answer
   * so of files that are not there.
   *
   * @throws IOException if the store cannot be reached, or takes no such credentials
   */
  public void check(String url) throws IOException {
    try {
      get(url);
    } catch (AccessDeniedException denied) {
      if (denied.getFile().startsWith("http")) {
        throw denied;
      }
    } catch (UnsupportedFeatureException unsupported) {
      throw new ConfigurationException(
          "Cannot read sources at "
              + url
              + ": this scheme is not supported; name a copy with --mirror PREFIX=URL",
          unsupported);
    }
  }

  Optional<FileVersion> find(String url) throws IOException {
    return files.find(url);
  }

  Optional<VersionedFile> get(String url) throws IOException {
    return files.get(url);
  }

  byte[] read(String url, FileVersion version, ByteRange range) throws IOException {
    return files.read(url, version, range);
  }

  List<String> list(String prefix) throws IOException {
    return files.list(prefix);
  }

  /** The whole file. */
  byte[] content(String url, FileVersion version) throws IOException {
    ByteSource bytes = files.bytes(url, version);
    return bytes.read(0, Math.toIntExact(bytes.lengthBytes()));
  }

  /** A file to go about in; for one thread. */
  ByteSource bytes(String url, FileVersion version) {
    return files.bytes(url, version);
  }

  /** Counts what was fetched until now. */
  Transfers transfers() {
    return transfers;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
