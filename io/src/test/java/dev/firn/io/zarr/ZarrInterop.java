package dev.firn.io.zarr;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.object.LocalObjectStore;
import dev.firn.io.object.ObjectPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code interop/test_zarr_codecs.py} runs. {@code dump LIST} reads lines of store directory,
 * node path and output file, separated by tabs, and writes for each the elements of the array to
 * the output, and its metadata as Firn prints them beside it (.json), or why it cannot be read
 * (.error). {@code write DIR} writes the stores of {@link InteropStores}.
 */
final class ZarrInterop {
  private ZarrInterop() {}

  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "dump" -> {
        for (String line : Files.readAllLines(path)) {
          String[] columns = line.split("\t", -1);
          dump(Path.of(columns[0]), new NodePath(columns[1]), Path.of(columns[2]));
        }
      }
      case "write" -> InteropStores.write(path);
      default -> throw new IllegalArgumentException("Unknown verb " + arguments[0]);
    }
  }

  private static void dump(Path directory, NodePath node, Path out) throws IOException {
    try (LocalObjectStore store = new LocalObjectStore(directory)) {
      ZarrArray array = ZarrArray.open(store, ObjectPath.ROOT, node);
      Files.write(Path.of(out + ".json"), array.metadata().toBytes());
      ByteBuffer elements = array.read().bytes();
      byte[] bytes = new byte[elements.remaining()];
      elements.get(bytes);
      Files.write(out, bytes);
    } catch (CorruptInputException | UnsupportedFeatureException refused) {
      Files.write(Path.of(out + ".error"), refused.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
