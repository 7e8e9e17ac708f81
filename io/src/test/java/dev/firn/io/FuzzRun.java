package dev.firn.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/**
 * Tries many mutations of files, each in time.
 *
 * <p>Mutation n of a seed is always the same: {@code -Dfirn.fuzz.seed=S -Dfirn.fuzz.first=N
 * -Dfirn.fuzz.mutations=1} repeats one, given the same FIRN_SAMPLES.
 *
 * @param test which test it is
 * @param suffix of a damaged file's name
 * @param seed of the mutations
 * @param mutations how many
 * @param mostSeconds how long each may take
 */
public record FuzzRun(Class<?> test, String suffix, long seed, int mutations, int mostSeconds) {
  private static final System.Logger LOG = System.getLogger(FuzzRun.class.getName());

  /** What is tried with damaged bytes; fails if they are not dealt with as they should be. */
  public interface Trial {
    /** Tries it. */
    void of(byte[] damaged) throws IOException;
  }

  /** A run of always the same mutations, unless system properties choose others. */
  public static FuzzRun same(Class<?> test, String suffix, int mutations, int mostSeconds) {
    return of(test, suffix, 1, mutations, mostSeconds);
  }

  /** A run of new mutations, unless system properties choose others. */
  public static FuzzRun random(Class<?> test, String suffix, int mutations, int mostSeconds) {
    return of(test, suffix, new SplittableRandom().nextLong(1_000_000_000), mutations, mostSeconds);
  }

  private static FuzzRun of(
      Class<?> test, String suffix, long seed, int mutations, int mostSeconds) {
    return new FuzzRun(
        test,
        suffix,
        Long.getLong("firn.fuzz.seed", seed),
        Integer.getInteger("firn.fuzz.mutations", mutations),
        mostSeconds);
  }

  /**
   * Tries all.
   *
   * @param damaged makes a damaged file of a seed
   */
  public void run(LongFunction<byte[]> damaged, Trial trial) throws Exception {
    LOG.log(System.Logger.Level.INFO, "{0}, seed {1}", test.getSimpleName(), String.valueOf(seed));
    int first = Integer.getInteger("firn.fuzz.first", 0);
    ExecutorService executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "fuzz");
              thread.setDaemon(true);
              return thread;
            });
    for (int n = first; n < first + mutations; n++) {
      byte[] bytes = damaged.apply(seed * 0x9E37_79B9L + n);
      try {
        executor.submit(() -> isTried(trial, bytes)).get(mostSeconds, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException failure) {
        throw failed(n, bytes, failure);
      }
    }
    executor.shutdown();
  }

  private static boolean isTried(Trial trial, byte[] damaged) throws IOException {
    trial.of(damaged);
    return true;
  }

  private AssertionError failed(int n, byte[] damaged, Throwable cause) throws IOException {
    Path file = Path.of("target", "fuzz", seed + "-" + n + suffix);
    Files.createDirectories(file.getParent());
    Files.write(file, damaged);
    return new AssertionError(
        ("Mutation %d of seed %d failed, its bytes are in %s. To repeat it: mvn -pl io test"
                + " -Dtest=%s -Dfirn.fuzz.seed=%d -Dfirn.fuzz.first=%d -Dfirn.fuzz.mutations=1")
            .formatted(n, seed, file.toAbsolutePath(), test.getSimpleName(), seed, n),
        cause);
  }
}
