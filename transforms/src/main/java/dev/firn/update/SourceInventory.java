package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.FieldMatch;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.grib.NoaaIndex;
import dev.firn.io.grib.NoaaIndexEntry;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileChangedException;
import dev.firn.io.source.FileVersion;
import dev.firn.io.source.VersionedFile;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the messages of the variables wanted from a source file are, or why they are not there. Its
 * inventory says so; where that does not name a variable exactly once, or is not to be understood,
 * the file is scanned.
 *
 * @param file the file
 * @param version its version, empty when it was not found
 * @param ranges where a variable's message is
 * @param failures why a variable's message cannot be read
 */
record SourceInventory(
    SourceFile file,
    Optional<FileVersion> version,
    Map<NodePath, ByteRange> ranges,
    Map<NodePath, FileFailure> failures) {

  /**
   * Reads the inventory of {@code file}; whatever goes wrong is in the result.
   *
   * @throws SourceChangedException when the file was replaced meanwhile
   */
  static SourceInventory read(SourceFile file, DatasetSpec spec, Sources sources, FileScans scans)
      throws SourceChangedException {
    Optional<FileVersion> version = Optional.empty();
    try {
      version = sources.find(file.url());
      if (version.isEmpty()) {
        return failed(file, version, FileStatus.NOT_FOUND, "there is no such file");
      }
      if (version.get().sizeBytes() == 0) {
        return failed(file, version, FileStatus.NOT_READY, "the file is empty");
      }
      Optional<VersionedFile> text = sources.get(file.indexUrl());
      if (text.isEmpty() || text.get().bytes().length == 0) {
        return failed(
            file, version, FileStatus.NOT_READY, "there is no inventory at " + file.indexUrl());
      }
      return new Search(file, version.get(), spec, scans).search(text.get().bytes());
    } catch (FileChangedException changed) {
      throw new SourceChangedException(file, changed);
    } catch (CorruptInputException corrupt) {
      return failed(file, version, FileStatus.CORRUPT, corrupt.getMessage());
    } catch (IOException failed) {
      return failed(file, version, FileStatus.DOWNLOAD_FAILED, failed.getMessage());
    }
  }

  /** A file that is not read. */
  static SourceInventory failed(
      SourceFile file, Optional<FileVersion> version, FileStatus status, String detail) {
    Map<NodePath, FileFailure> failures = new LinkedHashMap<>();
    file.variables().forEach(variable -> failures.put(variable, new FileFailure(status, detail)));
    return new SourceInventory(file, version, Map.of(), failures);
  }

  /** The search for the variables in one file. */
  private record Search(SourceFile file, FileVersion version, DatasetSpec spec, FileScans scans) {

    SourceInventory search(byte[] inventory) throws IOException {
      Optional<NoaaIndex> index = parse(inventory);
      Map<NodePath, ByteRange> ranges = new LinkedHashMap<>();
      Map<NodePath, FileFailure> failures = new LinkedHashMap<>();
      for (NodePath path : file.variables()) {
        try {
          Optional<ByteRange> range = index.flatMap(lines -> named(lines, path));
          if (range.isEmpty() && !(index.isPresent() && scans.isKnownToBeAbsent(path))) {
            range = scanned(path);
          }
          range.ifPresentOrElse(
              found -> ranges.put(path, found), () -> failures.put(path, absent(path)));
        } catch (CorruptInputException corrupt) {
          failures.put(path, new FileFailure(FileStatus.CORRUPT, corrupt.getMessage()));
        }
      }
      return new SourceInventory(file, Optional.of(version), ranges, failures);
    }

    /** Empty when the text is no inventory. */
    private Optional<NoaaIndex> parse(byte[] inventory) {
      try {
        String text = new String(inventory, StandardCharsets.UTF_8);
        return Optional.of(NoaaIndex.parse(text, Origin.of(file.indexUrl())));
      } catch (CorruptInputException malformed) {
        return Optional.empty();
      }
    }

    /** The range that the inventory names; empty when it names none, several, or one outside. */
    private Optional<ByteRange> named(NoaaIndex index, NodePath path) {
      FieldMatch match = match(path);
      List<NoaaIndexEntry> found =
          index.entries().stream().filter(entry -> isWanted(entry, match)).toList();
      if (found.isEmpty() || (found.size() > 1 && !match.firstOfDuplicates())) {
        return Optional.empty();
      }
      try {
        return Optional.of(index.rangeOf(found.get(0), OptionalLong.of(version.sizeBytes())));
      } catch (CorruptInputException outside) {
        return Optional.empty();
      }
    }

    private boolean isWanted(NoaaIndexEntry entry, FieldMatch match) {
      return entry.referenceTime().equals(file.init())
          && entry.element().equals(match.element())
          && entry.level().equals(match.levelText())
          && entry.window().equals(match.window().indexText(file.lead()));
    }

    private Optional<ByteRange> scanned(NodePath path) throws IOException {
      Optional<ByteRange> found = scans.scan(file, version).find(file, match(path));
      if (found.isEmpty()) {
        scans.isAbsent(path);
      }
      return found;
    }

    private FieldMatch match(NodePath path) {
      return spec.variable(path).orElseThrow().match();
    }

    private FileFailure absent(NodePath path) {
      FieldMatch match = match(path);
      String wanted =
          String.join(
              ":", match.element(), match.levelText(), match.window().indexText(file.lead()));
      return new FileFailure(
          FileStatus.NOT_FOUND, "neither the inventory nor the file has '" + wanted + "'");
    }
  }
}
