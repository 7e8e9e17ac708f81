package dev.firn.update;

import dev.firn.dataset.FieldMatch;
import dev.firn.dataset.InventoryName;
import dev.firn.dataset.SourceSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.VariableSource;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.grib.EcmwfIndex;
import dev.firn.io.grib.EcmwfIndexEntry;
import dev.firn.io.grib.NoaaIndex;
import dev.firn.io.grib.NoaaIndexEntry;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the inventory beside a file says of it. It may be stale, short or malformed. */
sealed interface FileInventory {

  /** Whether it could be read at all. */
  default boolean isReadable() {
    return true;
  }

  /** The range it names for a field; empty when it names none, several, or one outside. */
  default Optional<ByteRange> find(FieldRef ref) {
    for (VariableSource source : ref.sources()) {
      FieldMatch match = (FieldMatch) source.selector();
      List<ByteRange> found = find(match, ref.step());
      if (found.size() == 1 || (found.size() > 1 && match.firstOfDuplicates())) {
        return Optional.of(found.get(0));
      }
    }
    return Optional.empty();
  }

  /** The ranges that it names for a field. */
  List<ByteRange> find(FieldMatch match, SourceStep step);

  /**
   * What it has in the place of a field that it does not name: a field of the same parameter and
   * the same level, but of another interval that ends at the same time, or, where a parameter's
   * name says its level, on another one.
   */
  List<StandIn> standIns(FieldMatch match, SourceStep step);

  /**
   * A field that may stand in the place of another.
   *
   * @param name what the inventory calls it
   * @param range of its message
   */
  record StandIn(String name, ByteRange range) {}

  /** Reads an inventory of the kind that the dataset's files have. */
  static FileInventory parse(SourceSpec spec, byte[] bytes, String url, FileVersion file) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Origin origin = Origin.of(url);
    try {
      return switch (spec.inventory().orElseThrow().kind()) {
        case NOAA -> new Noaa(NoaaIndex.parse(text, origin), file);
        case ECMWF -> new Ecmwf(EcmwfIndex.parse(text, origin), file);
      };
    } catch (CorruptInputException malformed) {
      return new Unreadable();
    }
  }

  /** What inventories call a field, for messages. */
  static String wording(FieldRef ref) {
    return ref.sources().stream()
        .map(source -> (FieldMatch) source.selector())
        .map(
            match ->
                match.name() instanceof InventoryName.Noaa name
                    ? String.join(
                        ":",
                        name.element(),
                        name.level(),
                        match.window().indexText(ref.step().lead()))
                    : match.name() + " of " + ref.step())
        .collect(Collectors.joining("' or '"));
  }

  /** One that is malformed. */
  record Unreadable() implements FileInventory {
    @Override
    public boolean isReadable() {
      return false;
    }

    @Override
    public List<ByteRange> find(FieldMatch match, SourceStep step) {
      return List.of();
    }

    @Override
    public List<StandIn> standIns(FieldMatch match, SourceStep step) {
      return List.of();
    }
  }

  /** One of NOAA's. */
  record Noaa(NoaaIndex index, FileVersion file) implements FileInventory {
    /** The last part of "anl", "7 hour fcst", "0-1 day acc fcst". */
    private static final Pattern END =
        Pattern.compile("(?:\\d+-)?(\\d+) (hour|day) (?:\\w+ )?fcst");

    @Override
    public List<ByteRange> find(FieldMatch match, SourceStep step) {
      String window = match.window().indexText(step.lead());
      return named(match, step)
          .filter(entry -> entry.window().equals(window))
          .flatMap(entry -> range(entry).stream())
          .toList();
    }

    @Override
    public List<StandIn> standIns(FieldMatch match, SourceStep step) {
      return named(match, step)
          .filter(entry -> endsAt(entry.window(), step))
          .flatMap(
              entry ->
                  range(entry).stream()
                      .map(range -> new StandIn(match.name() + ", " + entry.window(), range)))
          .toList();
    }

    private Stream<NoaaIndexEntry> named(FieldMatch match, SourceStep step) {
      InventoryName.Noaa name = (InventoryName.Noaa) match.name();
      return index.entries().stream()
          .filter(entry -> entry.referenceTime().equals(step.init()))
          .filter(entry -> entry.element().equals(name.element()))
          .filter(entry -> entry.level().equals(name.level()));
    }

    private static boolean endsAt(String window, SourceStep step) {
      Matcher end = END.matcher(window);
      if (!end.matches()) {
        return window.equals("anl") && step.lead().isZero();
      }
      int hours = end.group(2).equals("day") ? 24 : 1;
      return Long.parseLong(end.group(1)) * hours == step.lead().toHours();
    }

    private Optional<ByteRange> range(NoaaIndexEntry entry) {
      try {
        return Optional.of(index.rangeOf(entry, OptionalLong.of(file.sizeBytes())));
      } catch (CorruptInputException outside) {
        return Optional.empty();
      }
    }
  }

  /** One of ECMWF's. */
  record Ecmwf(List<EcmwfIndexEntry> entries, FileVersion file) implements FileInventory {
    @Override
    public List<ByteRange> find(FieldMatch match, SourceStep step) {
      InventoryName.Ecmwf name = (InventoryName.Ecmwf) match.name();
      return named(name, step)
          .filter(entry -> entry.levtype().equals(name.levtype()))
          .filter(entry -> entry.levelist().equals(name.levelist()))
          .map(EcmwfIndexEntry::range)
          .toList();
    }

    @Override
    public List<StandIn> standIns(FieldMatch match, SourceStep step) {
      InventoryName.Ecmwf name = (InventoryName.Ecmwf) match.name();
      if (name.levelist().isPresent()) {
        return List.of(); // of such parameters there are many levels
      }
      return named(name, step)
          .map(entry -> new StandIn(nameOf(entry).toString(), entry.range()))
          .toList();
    }

    private static InventoryName nameOf(EcmwfIndexEntry entry) {
      return new InventoryName.Ecmwf(entry.param(), entry.levtype(), entry.levelist());
    }

    private Stream<EcmwfIndexEntry> named(InventoryName.Ecmwf name, SourceStep step) {
      return entries.stream()
          .filter(entry -> entry.param().equals(name.param()))
          .filter(entry -> entry.number() == step.member())
          .filter(entry -> endsAt(entry.step(), step))
          .filter(entry -> entry.referenceTime().map(step.init()::equals).orElse(true))
          .filter(entry -> entry.range().end() <= file.sizeBytes());
    }

    /** A step is a lead time in hours, or an interval that ends with it. */
    private static boolean endsAt(String written, SourceStep step) {
      return written
          .substring(written.indexOf('-') + 1)
          .equals(Long.toString(step.lead().toHours()));
    }
  }
}
