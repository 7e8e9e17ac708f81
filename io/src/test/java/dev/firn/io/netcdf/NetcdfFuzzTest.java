package dev.firn.io.netcdf;

import dev.firn.io.FormatException;
import dev.firn.io.FuzzRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files end in values or in a refusal, in time and within memory ({@link FuzzRun}). */
class NetcdfFuzzTest {
  private static final System.Logger LOG = System.getLogger(NetcdfFuzzTest.class.getName());
  private static final int MOST_SECONDS = 20;
  private static final int LARGEST_SAMPLE_BYTES = 40_000;
  private static final int HEAD_BYTES = 4096;

  @TempDir private Path directory;
  private int refused;

  @Test
  void damagedFilesEndInValuesOrAreRefused() throws Exception {
    fuzz(FuzzRun.same(NetcdfFuzzTest.class, ".nc", 400, MOST_SECONDS));
  }

  @Test
  @Tag("long")
  void manyDamagedFilesEndInValuesOrAreRefused() throws Exception {
    fuzz(FuzzRun.random(NetcdfFuzzTest.class, ".nc", 20_000, MOST_SECONDS));
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

  private void fuzz(FuzzRun run) throws Exception {
    List<byte[]> corpus = corpus();
    run.run(
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          return damaged(corpus.get(random.nextInt(corpus.size())), random);
        },
        damaged ->
            refused += isRefused(Files.write(directory.resolve("damaged"), damaged)) ? 1 : 0);
    LOG.log(
        System.Logger.Level.INFO,
        "{0} files, {1} mutations, {2} refused",
        corpus.size(),
        run.mutations(),
        refused);
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
}
