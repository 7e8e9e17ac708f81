package dev.firn.io.grib;

import com.sun.management.ThreadMXBean;
import dev.firn.io.FuzzRun;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged files end in values or in a refusal that says where, in time and within memory ({@link
 * FuzzRun}).
 */
class GribFuzzTest {
  private static final System.Logger LOG = System.getLogger(GribFuzzTest.class.getName());
  private static final int MOST_SECONDS = 10;
  private static final long MOST_BYTES = 16L << 20;
  private static final int MOST_BYTES_PER_BYTE = 512;
  private static final int MOST_BYTES_PER_VALUE = 40;

  private long values;
  private long corrupt;
  private long unsupported;
  private long slowestNanos;

  @Test
  void damagedFilesEndInValuesOrInAPlace() throws Exception {
    fuzz(FuzzRun.same(GribFuzzTest.class, ".grib2", 5_000, MOST_SECONDS));
  }

  @Test
  @Tag("long")
  void manyDamagedFilesEndInValuesOrInAPlace() throws Exception {
    fuzz(FuzzRun.random(GribFuzzTest.class, ".grib2", 100_000, MOST_SECONDS));
  }

  private void fuzz(FuzzRun run) throws Exception {
    List<byte[]> corpus = FuzzCorpus.load();
    run.run(
        seed -> {
          Mutator mutator = new Mutator(seed, corpus);
          return mutator.mutate(mutator.choose());
        },
        this::read);
    LOG.log(
        System.Logger.Level.INFO,
        "{0} files, {1} mutations: {2} with values, {3} corrupt, {4} unsupported, slowest {5} ms",
        corpus.size(),
        run.mutations(),
        values,
        corrupt,
        unsupported,
        slowestNanos / 1_000_000);
  }

  private void read(byte[] damaged) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    long start = System.nanoTime();
    FullReading reading = FullReading.of(damaged);
    slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    checkMemory(reading, allocated, damaged.length);
    values += reading.points() > 0 ? 1 : 0;
    corrupt += reading.corrupt() > 0 ? 1 : 0;
    unsupported += reading.unsupported() > 0 ? 1 : 0;
  }

  private static void checkMemory(FullReading reading, long allocated, long bytes) {
    long most =
        MOST_BYTES
            + bytes * MOST_BYTES_PER_BYTE
            + (reading.points() + reading.claimed()) * MOST_BYTES_PER_VALUE;
    if (allocated > most) {
      throw new AssertionError(
          "allocated %d bytes for %d bytes and %d values"
              .formatted(allocated, bytes, reading.points()));
    }
  }
}
