package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.FieldMatch;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.grib.NoaaIndex;
import dev.firn.io.grib.NoaaIndexEntry;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.StoredObject;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a source file's inventory says of the variables wanted from it: where their messages are, or
 * why they are not there.
 *
 * @param file the file
 * @param stat its version and size, empty when it was not found
 * @param ranges where a variable's message is
 * @param failures why a variable's message cannot be read
 */
record SourceInventory(
    SourceFile file,
    Optional<ObjectStat> stat,
    Map<NodePath, ByteRange> ranges,
    Map<NodePath, FileFailure> failures) {

  /** Reads the inventory of {@code file}; whatever goes wrong is in the result. */
  static SourceInventory read(SourceFile file, DatasetSpec spec, Sources sources) {
    Optional<ObjectStat> stat = Optional.empty();
    try {
      stat = sources.stat(file.url());
      if (stat.isEmpty()) {
        return failed(file, stat, FileStatus.NOT_FOUND, "there is no such file");
      }
      if (stat.get().sizeBytes() == 0) {
        return failed(file, stat, FileStatus.NOT_READY, "the file is empty");
      }
      Optional<StoredObject> text = sources.get(file.indexUrl());
      if (text.isEmpty() || text.get().bytes().length == 0) {
        return failed(
            file, stat, FileStatus.NOT_READY, "there is no inventory at " + file.indexUrl());
      }
      return matched(file, stat.get(), spec, index(file, text.get()));
    } catch (CorruptInputException corrupt) {
      return failed(file, stat, FileStatus.CORRUPT, corrupt.getMessage());
    } catch (IOException failed) {
      return failed(file, stat, FileStatus.DOWNLOAD_FAILED, failed.getMessage());
    }
  }

  private static NoaaIndex index(SourceFile file, StoredObject text) {
    return NoaaIndex.parse(
        new String(text.bytes(), StandardCharsets.UTF_8), Origin.of(file.indexUrl()));
  }

  private static SourceInventory failed(
      SourceFile file, Optional<ObjectStat> stat, FileStatus status, String detail) {
    Map<NodePath, FileFailure> failures = new LinkedHashMap<>();
    file.variables().forEach(variable -> failures.put(variable, new FileFailure(status, detail)));
    return new SourceInventory(file, stat, Map.of(), failures);
  }

  private static SourceInventory matched(
      SourceFile file, ObjectStat stat, DatasetSpec spec, NoaaIndex index) {
    Map<NodePath, ByteRange> ranges = new LinkedHashMap<>();
    Map<NodePath, FileFailure> failures = new LinkedHashMap<>();
    for (NodePath path : file.variables()) {
      FieldMatch match = spec.variable(path).orElseThrow().match();
      List<NoaaIndexEntry> found =
          index.entries().stream().filter(entry -> isWanted(entry, file, match)).toList();
      if (found.size() != 1 && (found.isEmpty() || !match.firstOfDuplicates())) {
        failures.put(path, unmatched(file, match, found.size()));
        continue;
      }
      try {
        ranges.put(path, index.rangeOf(found.get(0), OptionalLong.of(stat.sizeBytes())));
      } catch (CorruptInputException outside) {
        failures.put(path, new FileFailure(FileStatus.CORRUPT, outside.getMessage()));
      }
    }
    return new SourceInventory(file, Optional.of(stat), ranges, failures);
  }

  private static boolean isWanted(NoaaIndexEntry entry, SourceFile file, FieldMatch match) {
    return entry.referenceTime().equals(file.init())
        && entry.element().equals(match.element())
        && entry.level().equals(match.levelText())
        && entry.window().equals(match.window().indexText(file.lead()));
  }

  private static FileFailure unmatched(SourceFile file, FieldMatch match, int found) {
    String wanted =
        String.join(":", match.element(), match.levelText(), match.window().indexText(file.lead()));
    String detail = "the inventory has " + found + " lines for '" + wanted + "', expected 1";
    return new FileFailure(found == 0 ? FileStatus.NOT_FOUND : FileStatus.CORRUPT, detail);
  }
}
