package dev.firn.cli;

import dev.firn.io.CorruptInputException;
import dev.firn.io.FormatException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.grib.GribFile;
import dev.firn.io.grib.GribFileEntry;
import dev.firn.io.grib.GribListing;
import dev.firn.io.grib.GribMessage;
import dev.firn.io.grib.GribNames;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The table of contents of a file, and what in it Firn does not read. A message that cannot be read
 * does not keep the next from being listed.
 */
final class FieldListing {
  private static final int EDITION_1 = 1;

  private final GribNames names = GribNames.load();
  private final List<GribListing> fields = new ArrayList<>();
  private final List<FormatException> failures = new ArrayList<>();
  private int edition1;
  private OptionalLong firstOfEdition1 = OptionalLong.empty();

  private FieldListing() {}

  /** Lists {@code source}. */
  static FieldListing of(ByteSource source) {
    FieldListing listing = new FieldListing();
    GribFile file = GribFile.of(source);
    Iterator<GribFileEntry> entries = file.entries().iterator();
    try {
      while (entries.hasNext()) {
        listing.add(file, entries.next());
      }
    } catch (CorruptInputException cutOff) {
      listing.failures.add(cutOff);
    }
    return listing;
  }

  private void add(GribFile file, GribFileEntry entry) {
    if (entry.edition() == EDITION_1) {
      edition1++;
      firstOfEdition1 = OptionalLong.of(firstOfEdition1.orElse(entry.offset()));
      return;
    }
    try {
      GribMessage message = file.read(entry);
      for (int number = 0; number < message.fields().size(); number++) {
        fields.add(GribListing.of(fields.size(), message, number, names));
      }
    } catch (CorruptInputException | UnsupportedFeatureException unreadable) {
      failures.add(unreadable);
    }
  }

  /** The fields, in order. */
  List<GribListing> fields() {
    return fields;
  }

  /** Why messages are not among the fields that should be, in order. */
  List<FormatException> failures() {
    return failures;
  }

  /** Sentences for people on what the fields leave out; none of them is a failure. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    firstOfEdition1.ifPresent(
        first ->
            remarks.add(
                "Skipped %d message%s of GRIB edition 1, which is unsupported; the first is at byte %d"
                    .formatted(edition1, edition1 == 1 ? "" : "s", first)));
    for (GribListing field : fields) {
      field
          .problems()
          .forEach(problem -> remarks.add("Field %d: %s".formatted(field.index(), problem)));
    }
    return remarks;
  }
}
