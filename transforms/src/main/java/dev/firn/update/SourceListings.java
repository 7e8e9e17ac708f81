package dev.firn.update;

import dev.firn.io.source.FileVersion;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The directories of source files, each listed once. Safe for use by many threads. */
public final class SourceListings {
  private static final char ANYTHING = '*';
  private static final Pattern LISTABLE = Pattern.compile("(?!https?:)[a-z][a-z0-9+.-]*://.*");

  private final Sources sources;
  private final Map<String, FutureTask<SortedMap<String, FileVersion>>> listings =
      new ConcurrentHashMap<>();

  /** Listings as they are when each is first asked for; {@code sources} stays open. */
  public SourceListings(Sources sources) {
    this.sources = sources;
  }

  /** A file that is there. */
  public record Listed(String url, FileVersion version) {}

  /** Whether the name of a place cannot be predicted: it has an asterisk. */
  static boolean isPattern(String place) {
    return place.indexOf(ANYTHING) >= 0;
  }

  /** Whether the directory of a place can be listed. */
  public static boolean isListable(String place) {
    return LISTABLE.matcher(place).matches();
  }

  /**
   * The file at a place. An asterisk stands for anything within one part of the path; of several
   * files the last in alphabetical order counts, which where names carry the time of their making
   * is the newest.
   */
  public Optional<Listed> find(String place) throws IOException {
    int anything = place.indexOf(ANYTHING);
    SortedMap<String, FileVersion> files =
        listing(
            place.substring(
                0, place.lastIndexOf('/', anything < 0 ? place.length() : anything) + 1));
    if (anything < 0) {
      return Optional.ofNullable(files.get(place)).map(version -> new Listed(place, version));
    }
    Pattern name = pattern(place);
    return files.entrySet().stream()
        .filter(entry -> name.matcher(entry.getKey()).matches())
        .map(entry -> new Listed(entry.getKey(), entry.getValue()))
        .reduce((earlier, later) -> later);
  }

  private SortedMap<String, FileVersion> listing(String directory) throws IOException {
    FutureTask<SortedMap<String, FileVersion>> listing =
        listings.computeIfAbsent(
            directory, unknown -> new FutureTask<>(() -> sources.list(directory)));
    listing.run(); // which does nothing the second time
    return Tasks.await(listing);
  }

  /** What a place with asterisks stands for. */
  static Pattern pattern(String place) {
    return Pattern.compile(
        Pattern.compile("\\*")
            .splitAsStream(place)
            .map(Pattern::quote)
            .collect(Collectors.joining("[^/]*")));
  }
}
