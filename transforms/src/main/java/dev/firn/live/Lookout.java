package dev.firn.live;

import dev.firn.dataset.DatasetSpec;
import dev.firn.io.source.FileVersion;
import dev.firn.update.ArrivedFile;
import dev.firn.update.FileSearch;
import dev.firn.update.FoundFile;
import dev.firn.update.SourceFile;
import dev.firn.update.SourceListings;
import dev.firn.update.SourceListings.Listed;
import dev.firn.update.Sources;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds files that have come though nobody said so, and versions that have replaced others: where
 * sources can be listed, in listings of their directories; elsewhere by asking for those that come
 * next. Remembers what it has found, so as to name each version once.
 */
public final class Lookout {
  /** How many files of a position may be absent that are asked for: they come nearly in order. */
  private static final int ASKED_FOR = 4;

  /** After which time a version that nobody has taken is named again. */
  private static final Duration REPEATED = Duration.ofMinutes(2);

  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final DatasetSpec spec;
  private final Sources sources;
  private final Map<String, Named> named = new HashMap<>();

  /** Looks out for a dataset's files; {@code sources} stays open. */
  public Lookout(DatasetSpec spec, Sources sources) {
    this.spec = spec;
    this.sources = sources;
  }

  /**
   * Looks for files of some positions of the append dimension.
   *
   * @param positions which
   * @param holdings what the archive has
   */
  public List<Candidate> look(List<Long> positions, Holdings holdings, Instant now)
      throws IOException {
    named.values().removeIf(known -> known.at().plus(FORGOTTEN).isBefore(now));
    SourceListings listings = new SourceListings(sources);
    List<Candidate> found = new ArrayList<>();
    for (long position : positions) {
      for (SourceFile file : holdings.files(position, now)) {
        Candidate candidate = new Candidate(spec.id(), position, file);
        if (isListed(candidate, listings, holdings, now)) {
          found.add(candidate);
        }
      }
      found.addAll(asked(position, holdings, now));
    }
    return found;
  }

  private boolean isListed(
      Candidate candidate, SourceListings listings, Holdings holdings, Instant now)
      throws IOException {
    for (String place : candidate.file().urls()) {
      Optional<Listed> found =
          SourceListings.isListable(place) ? listings.find(place) : Optional.empty();
      if (found.isPresent()) {
        Optional<String> beside = inventory(found.get().url());
        Optional<FileVersion> inventory =
            beside.isPresent()
                ? listings.find(beside.get()).map(Listed::version)
                : Optional.empty();
        return beside.isPresent() == inventory.isPresent()
            && isNews(candidate, found.get(), inventory, holdings, now);
      }
    }
    return false;
  }

  private Optional<String> inventory(String url) {
    return spec.source().inventory().map(kind -> kind.of(url));
  }

  /** What was named of a file, and when. */
  private record Named(FileVersion file, Optional<FileVersion> inventory, Instant at) {
    boolean covers(Named later) {
      return file.equals(later.file)
          && inventory.equals(later.inventory)
          && later.at.isBefore(at.plus(REPEATED));
    }
  }

  private boolean isNews(
      Candidate candidate,
      Listed found,
      Optional<FileVersion> inventory,
      Holdings holdings,
      Instant now)
      throws IOException {
    FileVersion version = found.version();
    Named news = new Named(version, inventory, now);
    Named before = named.get(key(candidate));
    if (version.sizeBytes() == 0 || (before != null && before.covers(news))) {
      return false;
    }
    named.put(key(candidate), news);
    ArrivedFile arrived =
        new ArrivedFile(
            found.url(), Optional.of(version.tag()), version.sizeBytes(), Instant.EPOCH);
    return !holdings.has(candidate.file(), arrived);
  }

  private static String key(Candidate candidate) {
    return candidate.position() + " " + candidate.file().urls().get(0);
  }

  /** Asks for one missing file after the other until a few in a row were not there. */
  private List<Candidate> asked(long position, Holdings holdings, Instant now) throws IOException {
    List<Candidate> found = new ArrayList<>();
    FileSearch search = new FileSearch(sources);
    int absent = 0;
    for (SourceFile file : holdings.missing(position, now)) {
      Candidate candidate = new Candidate(spec.id(), position, file);
      Named before = named.get(key(candidate));
      if (SourceListings.isListable(file.urls().get(0))
          || (before != null && now.isBefore(before.at().plus(REPEATED)))) {
        continue;
      }
      Optional<FileVersion> version = version(search, file);
      if (version.isPresent()) {
        named.put(key(candidate), new Named(version.get(), Optional.empty(), now));
        found.add(candidate);
      } else if (++absent == ASKED_FOR) {
        return found;
      }
    }
    return found;
  }

  /** The version of a file that is there with its inventory. */
  private Optional<FileVersion> version(FileSearch search, SourceFile file) throws IOException {
    Optional<FoundFile> found = search.find(file);
    Optional<String> beside = found.map(FoundFile::url).flatMap(this::inventory);
    return beside.isPresent() && sources.find(beside.get()).isEmpty()
        ? Optional.empty()
        : found.map(FoundFile::version);
  }
}
