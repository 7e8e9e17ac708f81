package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The text inventory NOAA puts beside a GRIB file, {@code .idx}: one line for each field. It gives
 * offsets but no lengths: a message ends where the next one begins.
 */
public final class NoaaIndex {
  private final Origin origin;
  private final List<NoaaIndexEntry> entries;
  private final NavigableSet<Long> offsets;

  private NoaaIndex(Origin origin, List<NoaaIndexEntry> entries) {
    this.origin = origin;
    this.entries = List.copyOf(entries);
    this.offsets =
        entries.stream().map(NoaaIndexEntry::offset).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Parses an inventory; empty lines are passed over.
   *
   * @throws CorruptInputException naming the line that is malformed
   */
  public static NoaaIndex parse(String text, Origin origin) {
    List<NoaaIndexEntry> entries = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      if (!line.isBlank()) {
        entries.add(NoaaIndexLine.parse(line.stripTrailing(), number, origin));
      }
    }
    return new NoaaIndex(origin, entries);
  }

  /** The inventory with {@code entries}, as {@link #parse} reads it. */
  public static String format(List<NoaaIndexEntry> entries) {
    return entries.stream()
        .map(entry -> NoaaIndexLine.format(entry) + "\n")
        .collect(Collectors.joining());
  }

  /** One entry for each line, in order. */
  public List<NoaaIndexEntry> entries() {
    return entries;
  }

  /**
   * Where the message of {@code entry} is: up to the next larger offset, or to the end of the file.
   *
   * @param fileSizeBytes of the GRIB file, needed for its last message
   * @throws IllegalArgumentException when it is needed but not known
   * @throws CorruptInputException when the file ends before the message begins
   */
  public ByteRange rangeOf(NoaaIndexEntry entry, OptionalLong fileSizeBytes) {
    Long next = offsets.higher(entry.offset());
    if (next == null && fileSizeBytes.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot tell where the last message of "
              + origin
              + " ends: the size of its file is not known");
    }
    long end = next == null ? fileSizeBytes.getAsLong() : next;
    if ((fileSizeBytes.isPresent() && end > fileSizeBytes.getAsLong()) || end <= entry.offset()) {
      throw new CorruptInputException(
          "find message " + entry.message(),
          origin,
          "it is at bytes "
              + entry.offset()
              + " to "
              + end
              + ", but the file has "
              + fileSizeBytes.getAsLong());
    }
    return new ByteRange(entry.offset(), end - entry.offset());
  }
}
