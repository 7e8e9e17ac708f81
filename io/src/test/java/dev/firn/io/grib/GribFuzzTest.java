package dev.firn.io.grib;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged files end in values or in a refusal that says where, in time and within memory.
 *
 * <p>Mutation n of a seed is always the same: {@code -Dfirn.fuzz.seed=S -Dfirn.fuzz.first=N
 * -Dfirn.fuzz.mutations=1} repeats one, given the same FIRN_SAMPLES.
 */
class GribFuzzTest {
  private static final System.Logger LOG = System.getLogger(GribFuzzTest.class.getName());
  private static final int MOST_SECONDS = 10;
  private static final long MOST_BYTES = 16L << 20;
  private static final int MOST_BYTES_PER_BYTE = 512;
  private static final int MOST_BYTES_PER_VALUE = 40;

  /**
   * What came of a mutation.
   *
   * @param reading what was read
   * @param allocated bytes
   * @param nanos how long it took
   */
  private record Result(FullReading reading, long allocated, long nanos) {}

  @Test
  void damagedFilesEndInValuesOrInAPlace() throws Exception {
    fuzz(Long.getLong("firn.fuzz.seed", 1), Integer.getInteger("firn.fuzz.mutations", 5_000));
  }

  @Test
  @Tag("long")
  void manyDamagedFilesEndInValuesOrInAPlace() throws Exception {
    long seed = new SplittableRandom().nextLong(1_000_000_000);
    fuzz(Long.getLong("firn.fuzz.seed", seed), Integer.getInteger("firn.fuzz.mutations", 100_000));
  }

  private static void fuzz(long seed, int mutations) throws Exception {
    List<byte[]> corpus = FuzzCorpus.load();
    int first = Integer.getInteger("firn.fuzz.first", 0);
    LOG.log(System.Logger.Level.INFO, "seed {0}, {1} files", String.valueOf(seed), corpus.size());
    ExecutorService executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "fuzz");
              thread.setDaemon(true);
              return thread;
            });
    long values = 0;
    long corrupt = 0;
    long unsupported = 0;
    long slowest = 0;
    for (int n = first; n < first + mutations; n++) {
      Mutator mutator = new Mutator(seed * 0x9E37_79B9L + n, corpus);
      byte[] damaged = mutator.mutate(mutator.choose());
      try {
        Result result = executor.submit(() -> read(damaged)).get(MOST_SECONDS, TimeUnit.SECONDS);
        checkMemory(result, damaged.length);
        values += result.reading().points() > 0 ? 1 : 0;
        corrupt += result.reading().corrupt() > 0 ? 1 : 0;
        unsupported += result.reading().unsupported() > 0 ? 1 : 0;
        slowest = Math.max(slowest, result.nanos());
      } catch (ExecutionException | TimeoutException | AssertionError e) {
        throw failed(seed, n, damaged, e);
      }
    }
    LOG.log(
        System.Logger.Level.INFO,
        "{0} mutations: {1} with values, {2} corrupt, {3} unsupported, slowest {4} ms",
        mutations,
        values,
        corrupt,
        unsupported,
        slowest / 1_000_000);
    executor.shutdown();
  }

  private static Result read(byte[] damaged) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    long start = System.nanoTime();
    FullReading reading = FullReading.of(damaged);
    return new Result(
        reading,
        threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before,
        System.nanoTime() - start);
  }

  private static void checkMemory(Result result, long bytes) {
    long most =
        MOST_BYTES
            + bytes * MOST_BYTES_PER_BYTE
            + (result.reading().points() + result.reading().claimed()) * MOST_BYTES_PER_VALUE;
    if (result.allocated() > most) {
      throw new AssertionError(
          "allocated %d bytes for %d bytes and %d values"
              .formatted(result.allocated(), bytes, result.reading().points()));
    }
  }

  private static AssertionError failed(long seed, int n, byte[] damaged, Throwable cause)
      throws IOException {
    Path file = Path.of("target", "fuzz", seed + "-" + n + ".grib2");
    Files.createDirectories(file.getParent());
    Files.write(file, damaged);
    return new AssertionError(
        ("Mutation %d of seed %d failed, its bytes are in %s. To repeat it: mvn -pl io test"
                + " -Dtest=GribFuzzTest -Dfirn.fuzz.seed=%d -Dfirn.fuzz.first=%d"
                + " -Dfirn.fuzz.mutations=1")
            .formatted(n, seed, file.toAbsolutePath(), seed, n),
        cause);
  }
}
