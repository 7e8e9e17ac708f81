package dev.firn.update;

import dev.firn.io.source.FileVersion;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds source files at the first of their places that has them. Where a name cannot be predicted,
 * its place has an asterisk, and the directory is listed ({@link SourceListings}).
 */
public final class FileSearch {
  private final Sources sources;
  private final SourceListings listings;

  /** A search that lists each directory once. */
  public FileSearch(Sources sources) {
    this.sources = sources;
    this.listings = new SourceListings(sources);
  }

  /**
   * Finds a file.
   *
   * @return empty when no place has it
   * @throws IOException when no place was found to have it, and one could not be asked
   */
  public Optional<FoundFile> find(SourceFile file) throws IOException {
    IOException unanswered = null;
    for (String place : file.urls()) {
      try {
        Optional<FoundFile> found = find(file, place);
        if (found.isPresent()) {
          return found;
        }
      } catch (IOException failed) {
        unanswered = unanswered == null ? failed : unanswered;
      }
    }
    if (unanswered != null) {
      throw unanswered;
    }
    return Optional.empty();
  }

  private Optional<FoundFile> find(SourceFile file, String place) throws IOException {
    Optional<String> url =
        SourceListings.isPattern(place)
            ? listings.find(place).map(SourceListings.Listed::url)
            : Optional.of(place);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    Optional<FileVersion> version = sources.find(url.get());
    return version.map(found -> new FoundFile(file, url.get(), found));
  }
}
