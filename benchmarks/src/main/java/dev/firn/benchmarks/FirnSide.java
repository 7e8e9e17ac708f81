package dev.firn.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.firn.io.Origin;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.field.Window;
import dev.firn.io.grib.GribField;
import dev.firn.io.grib.GribInventory;
import dev.firn.io.grib.GribMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Does what the C program does, in this process. */
final class FirnSide {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private byte[] message = {};
  private Origin origin = Origin.of("nothing");
  private Window window = new Window(Window.Span.all(0), Window.Span.all(0));
  private float[] values = {};

  void load(Path file) throws IOException {
    message = Files.readAllBytes(file);
    origin = Origin.of(file.toString(), 0);
    window = Window.of(GribMessage.parse(message, origin).fields().get(0).grid());
    values = new float[window.points()];
    decodeOnce();
  }

  /** Decodes the loaded message for so long. */
  Turn decode(int millis) {
    long start = THREADS.getCurrentThreadCpuTime();
    long end = start + millis * 1_000_000L;
    long now = start;
    long decoded = 0;
    for (; now < end; now = THREADS.getCurrentThreadCpuTime()) {
      decodeOnce();
      decoded += values.length;
    }
    return new Turn(decoded, now - start);
  }

  private void decodeOnce() {
    GribField field = GribMessage.parse(message, origin).fields().get(0);
    field.decodeInto(values, 0, window, UnitConversion.NONE);
  }

  /** Bytes allocated to decode the loaded message, once all code has run. */
  long allocatedBytes() {
    int repeats = 10;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < repeats; i++) {
      decodeOnce();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / repeats;
  }

  /** Whether the values decoded last are {@code others}, all NaN alike. */
  boolean hasValues(float[] others) {
    return Arrays.equals(values, others);
  }

  /** Reads four properties of every message of a file for so long. */
  Turn scan(Path file, int millis) throws IOException {
    long start = THREADS.getCurrentThreadCpuTime();
    long end = start + millis * 1_000_000L;
    long now = start;
    long messages = 0;
    for (; now < end; now = THREADS.getCurrentThreadCpuTime()) {
      try (ByteSource source = ByteSource.open(file);
          Stream<GribInventory.Entry> entries = GribInventory.of(source)) {
        messages += entries.filter(FirnSide::readKeys).count();
      }
    }
    return new Turn(messages, now - start);
  }

  private static boolean readKeys(GribInventory.Entry entry) {
    return entry.product().parameter().number() >= 0
        && entry.product().level().first().type() >= 0
        && !entry.product().leadTime().isNegative();
  }
}
