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
import dev.firn.io.source.UnwrappedFiles;
import dev.firn.io.source.VersionedFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Reads source files by URL, each below a mirrored prefix from its mirror instead, and those that
 * are wrapped as what is in them ({@link UnwrappedFiles}); hosts and logins are told by this
 * process's variables ({@link HostLimits}, {@link Logins}). Safe for use by many threads.
 */
public final class Sources implements AutoCloseable {
  /** How long a host may say nothing. */
  private static final String PATIENCE = "FIRN_HTTP_PATIENCE_SECONDS";

  private final Transfers transfers;
  private final SourceFiles files;

  /** Sources with mirrors, from {@code files}, which count in {@code transfers}. */
  Sources(Map<String, String> mirrors, SourceFiles files, Transfers transfers) {
    this.files = new UnwrappedFiles(new MirroredFiles(mirrors, files));
    this.transfers = transfers;
  }

  private Sources(Map<String, String> mirrors, HostLimits limits, Transfers transfers) {
    this(
        mirrors,
        files(limits, name -> Optional.ofNullable(System.getenv(name)), transfers),
        transfers);
  }

  /**
   * Sources with mirrors.
   *
   * @param mirrors from a prefix of URLs to the URL that is read instead
   * @throws ConfigurationException when a variable is not to be understood
   */
  public Sources(Map<String, String> mirrors) {
    this(mirrors, HostLimits.NONE_BUT_USUAL);
  }

  /**
   * The same, with limits of hosts; those that this process's variables set go before them.
   *
   * @throws ConfigurationException when a variable is not to be understood
   */
  public Sources(Map<String, String> mirrors, HostLimits limits) {
    this(mirrors, limits, new Transfers());
  }

  static SourceFiles files(
      HostLimits limits, Function<String, Optional<String>> variables, Transfers transfers) {
    try {
      HostLimits all = limits.with(variables);
      Logins logins = Logins.of(variables);
      return variables
          .apply(PATIENCE)
          .map(seconds -> new FilesByUrl(all, logins, patience(seconds), transfers))
          .orElseGet(() -> new FilesByUrl(all, logins, transfers));
    } catch (IllegalArgumentException invalid) {
      throw new ConfigurationException(invalid.getMessage(), invalid);
    }
  }

  private static Duration patience(String seconds) {
    if (!seconds.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          "Invalid " + PATIENCE + " '" + seconds + "': expected a whole number of seconds");
    }
    return Duration.ofSeconds(Integer.parseInt(seconds));
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

  /** The version of a file; empty when there is none. */
  public Optional<FileVersion> find(String url) throws IOException {
    return files.find(url);
  }

  /** A whole file; empty when there is none. */
  public Optional<VersionedFile> get(String url) throws IOException {
    return files.get(url);
  }

  /** Parts of a file, as {@link SourceFiles#read} reads them. */
  public List<byte[]> read(String url, FileVersion version, List<ByteRange> ranges)
      throws IOException {
    return files.read(url, version, ranges);
  }

  /** Which ranges of a file are best read together, by their numbers from 0. */
  List<List<Integer>> requests(String url, List<ByteRange> ranges) {
    return files.requests(url, ranges);
  }

  /** The versions of all files below {@code prefix}, as {@link SourceFiles#list} tells them. */
  public SortedMap<String, FileVersion> list(String prefix) throws IOException {
    return files.list(prefix);
  }

  /** The whole file. */
  byte[] content(String url, FileVersion version) throws IOException {
    ByteSource bytes = files.bytes(url, version);
    return bytes.read(0, Math.toIntExact(bytes.lengthBytes()));
  }

  /** A file to go about in; for one thread. */
  ByteSource bytes(String url, FileVersion version) throws IOException {
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
