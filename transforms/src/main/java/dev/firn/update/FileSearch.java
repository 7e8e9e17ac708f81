package dev.firn.update;

import dev.firn.io.source.FileVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds source files at the first of their places that has them. Where a name cannot be predicted,
 * its place has an asterisk, and the directory is listed once; of several files the last in
 * alphabetical order counts, which where names carry the time of their making is the newest.
 */
final class FileSearch {
  private static final char ANYTHING = '*';

  private final Sources sources;
  private final Map<String, FutureTask<List<String>>> listings = new ConcurrentHashMap<>();

  FileSearch(Sources sources) {
    this.sources = sources;
  }

  /**
   * Finds a file.
   *
   * @return empty when no place has it
   * @throws IOException when no place was found to have it, and one could not be asked
   */
  Optional<FoundFile> find(SourceFile file) throws IOException {
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
    Optional<String> url = place.indexOf(ANYTHING) < 0 ? Optional.of(place) : listed(place);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    Optional<FileVersion> version = sources.find(url.get());
    return version.map(found -> new FoundFile(file, url.get(), found));
  }

  private Optional<String> listed(String place) throws IOException {
    String directory = place.substring(0, place.lastIndexOf('/', place.indexOf(ANYTHING)) + 1);
    FutureTask<List<String>> listing =
        listings.computeIfAbsent(
            directory, unknown -> new FutureTask<>(() -> sources.list(directory)));
    listing.run(); // which does nothing the second time
    Pattern name = pattern(place);
    return Tasks.await(listing).stream()
        .filter(url -> name.matcher(url).matches())
        .reduce((earlier, later) -> later);
  }

  /** What is at a place, where an asterisk stands for anything within one part of the path. */
  static Pattern pattern(String place) {
    return Pattern.compile(
        Pattern.compile("\\*")
            .splitAsStream(place)
            .map(Pattern::quote)
            .collect(Collectors.joining("[^/]*")));
  }
}
