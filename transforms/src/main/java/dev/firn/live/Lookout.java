package dev.firn.live;

import dev.firn.dataset.DatasetSpec;
import dev.firn.io.source.FileVersion;
import dev.firn.update.ArrivedFile;
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
 * sources can be listed, in listings of their directories; elsewhere by asking for a few of those
 * that come next. Remembers what it has found, so as to name each version once.
 */
public final class Lookout {
  /** How many files of a position are asked for one by one: they come in their order, nearly. */
  private static final int ASKED_FOR = 4;

  /** After which time a version that nobody has taken is named again. */
  private static final Duration REPEATED = Duration.ofMinutes(2);

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
    SourceListings listings = new SourceListings(sources);
    List<Candidate> found = new ArrayList<>();
    for (long position : positions) {
      List<SourceFile> files = holdings.files(position, now);
      for (SourceFile file : files) {
        if (isListed(file, listings, now, holdings)) {
          found.add(new Candidate(spec.id(), position, file));
        }
      }
      found.addAll(asked(position, files, holdings, now));
    }
    return found;
  }

  private boolean isListed(SourceFile file, SourceListings listings, Instant now, Holdings holdings)
      throws IOException {
    for (String place : file.urls()) {
      Optional<Listed> found =
          SourceListings.isListable(place) ? listings.find(place) : Optional.empty();
      if (found.isPresent()) {
        return isNews(file, listings, found.get(), now, holdings);
      }
    }
    return false;
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
      SourceFile file, SourceListings listings, Listed found, Instant now, Holdings holdings)
      throws IOException {
    FileVersion version = found.version();
    Optional<String> beside = spec.source().inventory().map(kind -> kind.of(found.url()));
    Optional<FileVersion> inventory =
        beside.isPresent() ? listings.find(beside.get()).map(Listed::version) : Optional.empty();
    Named news = new Named(version, inventory, now);
    Named before = named.get(found.url());
    if (version.sizeBytes() == 0
        || beside.isPresent() != inventory.isPresent()
        || (before != null && before.covers(news))) {
      return false;
    }
    named.put(found.url(), news);
    ArrivedFile arrived =
        new ArrivedFile(
            found.url(), Optional.of(version.tag()), version.sizeBytes(), Instant.EPOCH);
    return !holdings.has(file, arrived);
  }

  private List<Candidate> asked(
      long position, List<SourceFile> files, Holdings holdings, Instant now) throws IOException {
    List<SourceFile> unlisted =
        files.stream()
            .filter(file -> file.urls().stream().noneMatch(SourceListings::isListable))
            .toList();
    if (unlisted.isEmpty()) {
      return List.of();
    }
    return holdings.missing(position, now).stream()
        .limit(ASKED_FOR)
        .map(file -> new Candidate(spec.id(), position, file))
        .toList();
  }
}
