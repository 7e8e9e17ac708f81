package dev.firn.live;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceSpec;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.grib.EcmwfIndex;
import dev.firn.io.grib.NoaaIndex;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileChangedException;
import dev.firn.io.source.FileVersion;
import dev.firn.io.source.VersionedFile;
import dev.firn.update.ArrivedFile;
import dev.firn.update.FileSearch;
import dev.firn.update.FoundFile;
import dev.firn.update.SourceFile;
import dev.firn.update.Sources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether a source file is ready to be read: it is there, and its inventory, if it has one,
 * is there too and is of this file, whose last message is whole.
 */
public final class Readiness {
  /** Section 0 of a GRIB2 message (WMO FM 92): octets 1 to 4 {@code GRIB}, 9 to 16 its length. */
  private static final int SECTION_0_LENGTH = 16;

  private static final int MAGIC = 0x47524942;

  private final DatasetSpec spec;
  private final Sources sources;

  /** Tells it of a dataset's files; {@code sources} stays open. */
  public Readiness(DatasetSpec spec, Sources sources) {
    this.spec = spec;
    this.sources = sources;
  }

  /**
   * What is there of a file; empty while it is not ready.
   *
   * @param now when it counts as available where its store does not say
   */
  public Optional<ArrivedFile> check(SourceFile file, Instant now) throws IOException {
    Optional<FoundFile> found = new FileSearch(sources).find(file);
    if (found.isEmpty() || found.get().version().sizeBytes() == 0) {
      return Optional.empty();
    }
    Optional<SourceSpec.Inventory> beside = spec.source().inventory();
    if (beside.isEmpty()) {
      return Optional.of(arrived(found.get(), Optional.empty(), now));
    }
    String url = beside.get().of(found.get().url());
    Optional<VersionedFile> inventory = sources.get(url).filter(text -> text.bytes().length > 0);
    return inventory.isPresent() && fits(beside.get(), inventory.get(), url, found.get())
        ? Optional.of(arrived(found.get(), Optional.of(inventory.get().version()), now))
        : Optional.empty();
  }

  /** It is available when the last byte of both was. */
  private static ArrivedFile arrived(
      FoundFile found, Optional<FileVersion> inventory, Instant now) {
    Instant available =
        Stream.of(found.version().lastModified(), inventory.flatMap(FileVersion::lastModified))
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder())
            .orElse(now);
    return new ArrivedFile(
        found.url(), Optional.of(found.version().tag()), found.version().sizeBytes(), available);
  }

  private boolean fits(
      SourceSpec.Inventory kind, VersionedFile inventory, String url, FoundFile found)
      throws IOException {
    String text = new String(inventory.bytes(), StandardCharsets.UTF_8);
    try {
      return switch (kind.kind()) {
        case NOAA -> isWhole(NoaaIndex.parse(text, Origin.of(url)), found);
        case ECMWF ->
            EcmwfIndex.parse(text, Origin.of(url)).stream()
                .allMatch(entry -> entry.range().end() <= found.version().sizeBytes());
      };
    } catch (CorruptInputException halfWritten) {
      return false; // it is replaced, or the file is read when the deadline has passed
    }
  }

  /** NOAA's inventories tell where messages begin, and the last one where it ends. */
  private boolean isWhole(NoaaIndex index, FoundFile found) throws IOException {
    long last = index.entries().stream().mapToLong(entry -> entry.offset()).max().orElse(-1);
    if (last < 0 || last + SECTION_0_LENGTH > found.version().sizeBytes()) {
      return false;
    }
    try {
      List<byte[]> read =
          sources.read(
              found.url(), found.version(), List.of(new ByteRange(last, SECTION_0_LENGTH)));
      ByteBuffer section = ByteBuffer.wrap(read.get(0));
      return section.getInt(0) == MAGIC && last + section.getLong(8) <= found.version().sizeBytes();
    } catch (FileChangedException replacedMeanwhile) {
      return false;
    }
  }
}
