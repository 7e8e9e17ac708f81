package dev.firn.update;

import dev.firn.dataset.SourceSpec;
import dev.firn.io.CorruptInputException;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileChangedException;
import dev.firn.io.source.VersionedFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where in a source file the wanted fields are, and which of them are not there.
 *
 * @param file what was wanted
 * @param found where the file is, empty when it was not found
 * @param fields the fields that can be fetched
 * @param failures why the others cannot
 */
record SourceInventory(
    SourceFile file,
    Optional<FoundFile> found,
    Map<WantedField, FieldRef> fields,
    Map<WantedField, FileFailure> failures) {

  /**
   * Finds {@code file} and its fields; whatever goes wrong is in the result.
   *
   * @throws SourceChangedException when the file was replaced meanwhile
   */
  static SourceInventory read(SourceFile file, FieldSearch search) throws SourceChangedException {
    Optional<FoundFile> found = Optional.empty();
    try {
      found = search.files().find(file);
      if (found.isEmpty()) {
        return failed(file, found, FileStatus.NOT_FOUND, "there is no such file");
      }
      if (found.get().version().sizeBytes() == 0) {
        return failed(file, found, FileStatus.NOT_READY, "the file is empty");
      }
      Optional<SourceSpec.Inventory> beside = search.spec().source().inventory();
      return beside.isPresent()
          ? listed(found.get(), beside.get().of(found.get().url()), search)
          : whole(found.get(), search);
    } catch (FileChangedException changed) {
      throw new SourceChangedException(file, changed);
    } catch (CorruptInputException corrupt) {
      return failed(file, found, FileStatus.CORRUPT, corrupt.getMessage());
    } catch (IOException failed) {
      return failed(file, found, FileStatus.DOWNLOAD_FAILED, failed.getMessage());
    }
  }

  private static SourceInventory listed(FoundFile found, String url, FieldSearch search)
      throws IOException {
    Optional<VersionedFile> text = search.sources().get(url);
    if (text.isEmpty() || text.get().bytes().length == 0) {
      return failed(
          found.file(),
          Optional.of(found),
          FileStatus.NOT_READY,
          "there is no inventory at " + url);
    }
    FileInventory inventory =
        FileInventory.parse(search.spec().source(), text.get().bytes(), url, found.version());
    Map<WantedField, FieldRef> fields = new LinkedHashMap<>();
    Map<WantedField, FileFailure> failures = new LinkedHashMap<>();
    for (WantedField wanted : WantedField.of(found.file())) {
      FieldRef ref = search.ref(found, wanted);
      try {
        Optional<ByteRange> range = search.rangeOf(ref, inventory);
        range.ifPresentOrElse(
            at -> fields.put(wanted, ref.at(at)),
            () -> failures.put(wanted, absent(ref, search.standIn(found, ref, inventory))));
      } catch (CorruptInputException corrupt) {
        failures.put(wanted, new FileFailure(FileStatus.CORRUPT, corrupt.getMessage()));
      }
    }
    return new SourceInventory(found.file(), Optional.of(found), fields, failures);
  }

  private static FileFailure absent(FieldRef ref, Optional<String> standIn) {
    String wanted = "'" + FileInventory.wording(ref) + "'";
    return standIn
        .map(
            other ->
                new FileFailure(
                    FileStatus.QUARANTINED,
                    "the inventory has '" + other + "' in the place of " + wanted))
        .orElseGet(
            () ->
                new FileFailure(
                    FileStatus.NOT_FOUND, "neither the inventory nor the file has " + wanted));
  }

  private static SourceInventory whole(FoundFile found, FieldSearch search) {
    Map<WantedField, FieldRef> fields = new LinkedHashMap<>();
    for (WantedField wanted : WantedField.of(found.file())) {
      fields.put(wanted, search.ref(found, wanted));
    }
    return new SourceInventory(found.file(), Optional.of(found), fields, Map.of());
  }

  /** A file that is not read. */
  static SourceInventory failed(
      SourceFile file, Optional<FoundFile> found, FileStatus status, String detail) {
    Map<WantedField, FileFailure> failures = new LinkedHashMap<>();
    List<WantedField> all = WantedField.of(file);
    all.forEach(wanted -> failures.put(wanted, new FileFailure(status, detail)));
    return new SourceInventory(file, found, Map.of(), failures);
  }
}
