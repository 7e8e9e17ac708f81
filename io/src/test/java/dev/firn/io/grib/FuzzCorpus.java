package dev.firn.io.grib;

import dev.firn.io.Origin;
import dev.firn.io.field.Field;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.RegularAxis;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is damaged: the edge cases, messages of {@link GribWriter}, and, where FIRN_SAMPLES names a
 * folder, of each combination of templates in it the smallest message, beginnings of whole files,
 * and all that is invalid to begin with.
 */
final class FuzzCorpus {
  private static final int MOST_BYTES = 1 << 16;
  private static final LatLonGrid GRID =
      new LatLonGrid(RegularAxis.degrees(3, 0, 4), RegularAxis.degrees(0, 6, 7));

  private FuzzCorpus() {}

  /** The files, in the same order each time. */
  static List<byte[]> load() throws IOException {
    List<byte[]> files = new ArrayList<>(written());
    files.addAll(contents(Path.of("src/test/resources/dev/firn/io/grib/edge")));
    String samples = System.getenv("FIRN_SAMPLES");
    if (samples != null) {
      Path root = Path.of(samples).resolve("grib2");
      files.addAll(smallest(root));
      contents(root).stream()
          .filter(file -> file.length > MOST_BYTES)
          .map(file -> Arrays.copyOf(file, MOST_BYTES))
          .limit(10)
          .forEach(files::add);
      files.addAll(contents(root.resolve("invalid")));
    }
    return files;
  }

  private static List<byte[]> written() {
    StatisticalInterval interval =
        new StatisticalInterval(1, Duration.ofHours(1), Duration.ofHours(2));
    Packing inline = Packing.spatialDifferencing(2, 9, 1).withInlineMissing();
    return List.of(
        writer(Packing.simple(11, 1)).toBytes(),
        writer(Packing.simple(11, 1)).storedOrder(0x30).nextField().toBytes(),
        writer(Packing.complex(11, 1)).interval(interval).derivedForecast(0, 9).toBytes(),
        writer(Packing.complex(9, 0).withInlineMissing()).toBytes(),
        writer(Packing.spatialDifferencing(1, 9, 0)).nextField().toBytes(),
        writer(inline).interval(interval).member(new EnsembleMember(3, 1, 9)).toBytes());
  }

  private static GribWriter writer(Packing packing) {
    float[] values = new float[GRID.points()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 5 == 0 ? Float.NaN : (float) Math.sin(i) * 50;
    }
    return GribWriter.message().packing(packing).field(new Field(GRID, values));
  }

  private static List<byte[]> contents(Path folder) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(FuzzCorpus::isGrib).sorted().toList()) {
        contents.add(Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private static boolean isGrib(Path file) {
    return Files.isRegularFile(file)
        && file.toString().matches(".*[.](grb2?|grib2?|bin|head|begin|zip)");
  }

  private static List<byte[]> smallest(Path root) throws IOException {
    Map<String, byte[]> smallest = new TreeMap<>();
    for (byte[] file : contents(root)) {
      for (byte[] message : messages(file)) {
        if (message.length <= 2 * MOST_BYTES) {
          smallest.merge(templates(message), message, (a, b) -> b.length < a.length ? b : a);
        }
      }
    }
    return List.copyOf(smallest.values());
  }

  private static List<byte[]> messages(byte[] file) {
    List<byte[]> messages = new ArrayList<>();
    for (int at = 0; at + 16 <= file.length; at++) {
      if (ByteBuffer.wrap(file).getInt(at) == 0x4752_4942 && file[at + 7] == 2) {
        long length = ByteBuffer.wrap(file).getLong(at + 8);
        if (length >= 20 && length <= file.length - at) {
          messages.add(Arrays.copyOfRange(file, at, at + (int) length));
          at += (int) length - 1;
        }
      }
    }
    return messages;
  }

  private static String templates(byte[] message) {
    StringBuilder templates = new StringBuilder();
    try {
      for (GribField field : GribMessage.parse(message, Origin.of("message")).fields()) {
        templates.append(field.gridTemplate()).append('/');
        templates.append(field.productTemplate()).append('/');
        templates.append(field.dataTemplate()).append(field.hasBitMap() ? "b " : " ");
      }
    } catch (dev.firn.io.FormatException broken) {
      templates.append("broken");
    }
    return templates.toString();
  }
}
