package dev.firn.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares Firn with ecCodes, one thread each, and prints a Markdown table. {@code ./bench grib}
 * prepares what it needs.
 */
public final class GribBenchmark {
  private static final int LARGE_MESSAGES = 100;

  /** Asked for them as float, ecCodes 2.50 refuses IEEE numbers and crashes at run lengths. */
  private static final Set<String> DOUBLE_ONLY = Set.of("IEEE 32", "run length 8");

  private final EccodesSide eccodes;
  private final FirnSide firn = new FirnSide();
  private final PairedTurns turns;
  private final Path folder;
  private final int millis;
  private final PrintStream out;

  private GribBenchmark(
      EccodesSide eccodes, PairedTurns turns, Path folder, int millis, PrintStream out) {
    this.eccodes = eccodes;
    this.turns = turns;
    this.folder = folder;
    this.millis = millis;
    this.out = out;
  }

  /**
   * Runs all comparisons.
   *
   * @param args the C program, the folder of samples and packings, rounds, milliseconds of a turn,
   *     and a regular expression that packings must have
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    PairedTurns turns = new PairedTurns(Integer.parseInt(args[2]));
    try (EccodesSide eccodes = EccodesSide.start(Path.of(args[0]));
        FileOutputStream console = new FileOutputStream(FileDescriptor.out)) {
      PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
      int millis = Integer.parseInt(args[3]);
      new GribBenchmark(eccodes, turns, folder, millis, out).run(Pattern.compile(args[4]));
    }
  }

  private void run(Pattern only) throws IOException {
    out.printf("Java %s, ecCodes %s%n%n", Runtime.version(), eccodes.version());
    out.println(
        "| packing, bits | values | Firn Mval/s | ecCodes Mval/s | ratio | Firn's bytes a field |");
    out.println("|---|---|---|---|---|---|");
    for (BenchmarkFile file : BenchmarkFiles.write(new SampleFields(folder), eccodes, folder)) {
      if (only.matcher(file.packing()).find()) {
        decode(file);
      }
    }
    if (only.matcher("scan").find()) {
      out.println();
      out.println("| indexing a file | Firn messages/s | ecCodes messages/s | ratio |");
      out.println("|---|---|---|---|");
      scan("308 messages of 144 × 73 points", folder.resolve("many.grib2"));
      scan("100 messages of 721 × 1440 points", manyLarge());
    }
  }

  private Path manyLarge() throws IOException {
    Path path = folder.resolve("many-large.grib2");
    byte[] message = new SampleFields(folder).message("precipitation.grib2", 0);
    try (OutputStream file = Files.newOutputStream(path)) {
      for (int i = 0; i < LARGE_MESSAGES; i++) {
        file.write(message);
      }
    }
    return path;
  }

  private void decode(BenchmarkFile file) throws IOException {
    firn.load(file.path());
    if (!eccodes.load(file.path())) {
      firn.decode(PairedTurns.WARM_UPS * millis);
      String rate = millions(firn.decode(millis).itemsPerSecond(), "");
      row(file.packing(), file.data(), rate, "not read", "–", firn.allocatedBytes());
      return;
    }
    checkValues(file);
    String command = DOUBLE_ONLY.contains(file.packing()) ? "double" : eccodes.faster(millis);
    PairedTurns.Medians medians =
        turns.run(() -> firn.decode(millis), () -> eccodes.turn(command + " " + millis));
    row(
        file.packing(),
        file.data(),
        millions(medians.firnPerSecond(), ""),
        millions(medians.eccodesPerSecond(), command.equals("float") ? " (float)" : ""),
        String.format(Locale.ROOT, "%.2f", medians.ratio()),
        firn.allocatedBytes());
  }

  private static String millions(double perSecond, String note) {
    return String.format(Locale.ROOT, perSecond < 1e7 ? "%.1f%s" : "%.0f%s", perSecond / 1e6, note);
  }

  private void row(Object... cells) {
    out.println(
        Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |")));
  }

  private void checkValues(BenchmarkFile file) throws IOException {
    Path values = folder.resolve("values.f32");
    eccodes.writeValues(values);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(values)).order(ByteOrder.LITTLE_ENDIAN);
    float[] others = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(others);
    if (!firn.hasValues(others)) {
      throw new IllegalStateException("Firn and ecCodes decode " + file + " to other values");
    }
  }

  private void scan(String what, Path file) throws IOException {
    for (String method : new String[] {"handles", "headers"}) {
      PairedTurns.Medians medians =
          turns.run(
              () -> firn.scan(file, millis),
              () -> eccodes.turn(method + " " + file + " " + millis));
      row(
          what + ", " + method,
          Math.round(medians.firnPerSecond()),
          Math.round(medians.eccodesPerSecond()),
          Math.round(medians.ratio()));
    }
  }
}
