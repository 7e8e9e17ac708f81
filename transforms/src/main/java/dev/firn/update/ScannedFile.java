package dev.firn.update;

import dev.firn.dataset.FieldMatch;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.VariableSource;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.grib.GribInventory;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What is in a source file, told by the file itself and not by its inventory.
 *
 * @param entries its fields, as far as it could be read
 * @param broken why it could not be read further
 */
record ScannedFile(List<GribInventory.Entry> entries, Optional<CorruptInputException> broken) {

  static ScannedFile of(ByteSource file) throws IOException {
    List<GribInventory.Entry> entries = new ArrayList<>();
    try {
      Iterator<GribInventory.Entry> each = GribInventory.of(file).iterator();
      while (each.hasNext()) {
        entries.add(each.next());
      }
      return new ScannedFile(entries, Optional.empty());
    } catch (CorruptInputException broken) {
      return new ScannedFile(entries, Optional.of(broken));
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  /**
   * Where the message with a variable's field is; empty when no message has it.
   *
   * @throws CorruptInputException if several have it and that decides nothing, or if the file could
   *     not be read to its end
   */
  Optional<ByteRange> find(FieldRef ref) {
    for (VariableSource source : ref.sources()) {
      Optional<ByteRange> found = find(ref, (FieldMatch) source.selector());
      if (found.isPresent()) {
        return found;
      }
    }
    if (broken.isPresent()) {
      throw broken.get();
    }
    return Optional.empty();
  }

  /** How the messages differ from a field that none of them has. */
  String difference(FieldRef ref) {
    FieldMatch match = (FieldMatch) ref.sources().get(0).selector();
    return entries.size() == 1
        ? match.difference(entries.get(0).product(), ref.step()).orElseThrow()
        : "none of its " + entries.size() + " messages has it";
  }

  private Optional<ByteRange> find(FieldRef ref, FieldMatch match) {
    List<ByteRange> found = new ArrayList<>();
    for (GribInventory.Entry entry : entries) {
      if (isWanted(entry, ref.step(), match)) {
        found.add(new ByteRange(entry.offset(), entry.lengthBytes()));
      }
    }
    if (found.size() > 1 && !match.firstOfDuplicates()) {
      throw new CorruptInputException(
          "find " + ref.variable().path(),
          Origin.of(ref.url()),
          found.size() + " messages have it, expected 1");
    }
    return found.stream().findFirst();
  }

  /** A message of a template that is not read is of no dataset. */
  private static boolean isWanted(GribInventory.Entry entry, SourceStep step, FieldMatch match) {
    try {
      return match.difference(entry.product(), step).isEmpty();
    } catch (UnsupportedFeatureException | CorruptInputException unreadable) {
      return false;
    }
  }
}
