package dev.firn.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The program {@code eccodes_turns.c}, which does one command at a time and waits for the next. */
final class EccodesSide implements AutoCloseable {
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  private EccodesSide(Process process) {
    this.process = process;
    this.commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static EccodesSide start(Path program) throws IOException {
    return new EccodesSide(
        new ProcessBuilder(program.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Version of the library. */
  String version() throws IOException {
    return ask("version");
  }

  /** Reads a message into memory; false where the library does not know its packing. */
  boolean load(Path file) throws IOException {
    return answer("load " + file).isPresent();
  }

  /** The command that decodes the loaded message faster: to double, or to float where it can. */
  String faster(int millis) throws IOException {
    double doubles = turn("double " + millis).itemsPerSecond();
    boolean isFloatFaster =
        answer("float " + millis).map(EccodesSide::turnOf).map(Turn::itemsPerSecond).orElse(0.0)
            > doubles;
    return isFloatFaster ? "float" : "double";
  }

  /** A turn of {@code command}, which ends with its milliseconds. */
  Turn turn(String command) throws IOException {
    return turnOf(ask(command));
  }

  private static Turn turnOf(String answer) {
    String[] numbers = answer.split(" ");
    return new Turn(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }

  /** Packs the values of the loaded message in another way. */
  void pack(String type, int bits, Path file) throws IOException {
    ask("pack " + type + " " + bits + " " + file);
  }

  /** Writes the values of the loaded message as float32 of this machine. */
  void writeValues(Path file) throws IOException {
    ask("values " + file);
  }

  private String ask(String command) throws IOException {
    return answer(command)
        .orElseThrow(() -> new IOException("ecCodes cannot do \"" + command + "\""));
  }

  /** Empty where the program says that it failed. */
  private Optional<String> answer(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("The C program ended at \"" + command + "\"");
    }
    return Optional.of(answer).filter(text -> !text.startsWith("!"));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
