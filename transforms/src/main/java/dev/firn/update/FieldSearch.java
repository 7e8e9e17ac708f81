package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.FieldMatch;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.VariableSpec;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a region job needs to find fields.
 *
 * @param spec the dataset
 * @param now when the update was planned
 * @param sources where files are
 * @param files finds them
 * @param scans looks into those whose inventories mislead
 */
record FieldSearch(
    DatasetSpec spec, Instant now, Sources sources, FileSearch files, FileScans scans) {

  static FieldSearch of(JobContext context, Sources sources) {
    return new FieldSearch(
        context.spec(),
        context.plan().now(),
        sources,
        new FileSearch(sources),
        new FileScans(sources));
  }

  /** A wanted field of a file, as yet without its place. */
  FieldRef ref(FoundFile found, WantedField wanted) {
    VariableSpec variable = spec.variable(wanted.variable()).orElseThrow();
    return new FieldRef(
        variable,
        wanted.step(),
        variable.sourcesAt(wanted.step(), now),
        found.file(),
        found.url(),
        found.version(),
        Optional.empty());
  }

  /** Where the inventory has a field, or else the file; empty when neither has it. */
  Optional<ByteRange> rangeOf(FieldRef ref, FileInventory inventory) throws IOException {
    Optional<ByteRange> range = inventory.find(ref);
    if (range.isPresent()
        || (inventory.isReadable() && scans.isKnownToBeAbsent(ref.variable().path()))) {
      return range;
    }
    Optional<ByteRange> scanned = scans.scan(ref).find(ref);
    if (scanned.isEmpty()) {
      scans.noteAbsent(ref.variable().path());
    }
    return scanned;
  }

  /**
   * What is in the place of a field that neither the inventory nor the file has, and which no
   * variable of the dataset wants; empty when nothing is.
   */
  Optional<String> standIn(FoundFile found, FieldRef absent, FileInventory inventory) {
    return absent.sources().stream()
        .flatMap(
            source -> inventory.standIns((FieldMatch) source.selector(), absent.step()).stream())
        .filter(standIn -> !isWanted(found, absent.step(), inventory, standIn.range()))
        .map(FileInventory.StandIn::name)
        .findFirst();
  }

  private boolean isWanted(
      FoundFile found, SourceStep step, FileInventory inventory, ByteRange range) {
    return spec.variables().stream()
        .map(variable -> ref(found, new WantedField(variable.path(), step)))
        .anyMatch(ref -> inventory.find(ref).filter(range::equals).isPresent());
  }
}
