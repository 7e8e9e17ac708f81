package dev.firn.io.netcdf;

import dev.firn.io.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files end in values or in a refusal, in time and within memory.
 *
 * <p>Mutation n of a seed is always the same: {@code -Dfirn.fuzz.seed=S -Dfirn.fuzz.first=N
 * -Dfirn.fuzz.mutations=1} repeats one, given the same FIRN_SAMPLES.
 */
class NetcdfFuzzTest {
  private static final System.Logger LOG = System.getLogger(NetcdfFuzzTest.class.getName());
  private static final int MOST_SECONDS = 20;
  private static final int LARGEST_SAMPLE_BYTES = 40_000;
  private static final int HEAD_BYTES = 4096;

  @TempDir private Path directory;

  @Test
  void damagedFilesEndInValuesOrAreRefused() throws Exception {
    fuzz(Long.getLong("firn.fuzz.seed", 1), Integer.getInteger("firn.fuzz.mutations", 400));
  }

  @Test
  @Tag("long")
  void manyDamagedFilesEndInValuesOrAreRefused() throws Exception {
    long seed = new SplittableRandom().nextLong(1_000_000_000);
    fuzz(Long.getLong("firn.fuzz.seed", seed), Integer.getInteger("firn.fuzz.mutations", 20_000));
  }

  private static List<byte[]> corpus() throws IOException {
    List<byte[]> corpus = new ArrayList<>();
    NetcdfSamples.NAMES.forEach(name -> corpus.add(NetcdfSamples.bytes(name)));
    String samples = System.getenv("FIRN_SAMPLES");
    if (samples != null) {
      try (Stream<Path> files = Files.walk(Path.of(samples, "hdf5-netcdf"))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          if (Files.size(file) <= LARGEST_SAMPLE_BYTES) {
            corpus.add(Files.readAllBytes(file));
          }
        }
      }
    }
    return corpus;
  }

  private void fuzz(long seed, int mutations) throws Exception {
    List<byte[]> corpus = corpus();
    int first = Integer.getInteger("firn.fuzz.first", 0);
    LOG.log(System.Logger.Level.INFO, "seed {0}, {1} files", String.valueOf(seed), corpus.size());
    ExecutorService executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "fuzz");
              thread.setDaemon(true);
              return thread;
            });
    int refused = 0;
    for (int n = first; n < first + mutations; n++) {
      SplittableRandom random = new SplittableRandom(seed * 0x9E37_79B9L + n);
      byte[] damaged = damaged(corpus.get(random.nextInt(corpus.size())), random);
      Path file = Files.write(directory.resolve("damaged"), damaged);
      try {
        refused +=
            executor.submit(() -> isRefused(file)).get(MOST_SECONDS, TimeUnit.SECONDS) ? 1 : 0;
      } catch (ExecutionException | TimeoutException e) {
        throw failed(seed, n, damaged, e);
      }
    }
    LOG.log(System.Logger.Level.INFO, "{0} mutations, {1} refused", mutations, refused);
    executor.shutdown();
  }

  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    if (random.nextInt(8) == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      boolean early = random.nextInt(3) > 0;
      int at = random.nextInt(early ? Math.min(HEAD_BYTES, bytes.length) : bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
        default -> ByteBuffer.wrap(bytes).putInt(Math.min(at, bytes.length - 4), random.nextInt());
      }
    }
    return bytes;
  }

  /** Reads all that is in a file, and says whether something was refused. */
  private static boolean isRefused(Path path) throws IOException {
    boolean refused = false;
    try (NetcdfFile file = NetcdfFile.open(path)) {
      NetcdfListing.rows(file);
      NetcdfListing.of(file);
      for (NetcdfGroup group : file.root().walk().toList()) {
        for (NetcdfVariable variable : group.variables()) {
          refused |= isRefused(variable);
        }
      }
    } catch (FormatException e) {
      return true;
    }
    return refused;
  }

  private static boolean isRefused(NetcdfVariable variable) throws IOException {
    try {
      variable.read().elements();
      if (variable.type() instanceof NetcdfType.Numeric) {
        variable.readDoubles();
      }
      return false;
    } catch (FormatException e) {
      return true;
    }
  }

  private static AssertionError failed(long seed, int n, byte[] damaged, Throwable cause)
      throws IOException {
    Path file = Path.of("target", "fuzz", seed + "-" + n + ".nc");
    Files.createDirectories(file.getParent());
    Files.write(file, damaged);
    return new AssertionError(
        ("Mutation %d of seed %d failed, its bytes are in %s. To repeat it: mvn -pl io test"
                + " -Dtest=NetcdfFuzzTest -Dfirn.fuzz.seed=%d -Dfirn.fuzz.first=%d"
                + " -Dfirn.fuzz.mutations=1")
            .formatted(n, seed, file.toAbsolutePath(), seed, n),
        cause);
  }
}
