package dev.firn.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that ends when it is closed, and with this one, however this one ends: a shell beside
 * it kills it as soon as the pipe from here is gone.
 */
final class ClusterProcess implements AutoCloseable {
  private static final int LOG_LINES_SHOWN = 20;

  /** Arguments: the log file, then the command. Prints the command's process id. */
  private static final String KEEPER =
      """
      trap : INT TERM HUP
      log=$1
      shift
      "$@" </dev/null >"$log" 2>&1 &
      echo $!
      cat >/dev/null
      kill -9 $!
      wait
      """;

  private final String name;
  private final Path log;
  private final Process keeper;
  private final ProcessHandle process;

  private ClusterProcess(String name, Path log, Process keeper, ProcessHandle process) {
    this.name = name;
    this.log = log;
    this.keeper = keeper;
    this.process = process;
  }

  /** Starts {@code command}, whose output goes to {@code log}. */
  static ClusterProcess start(String name, List<String> command, Path log) throws IOException {
    List<String> all = new ArrayList<>(List.of("sh", "-c", KEEPER, "sh", log.toString()));
    all.addAll(command);
    Process keeper = new ProcessBuilder(all).redirectError(log.toFile()).start();
    String pid = keeper.inputReader().readLine();
    if (pid == null) {
      throw new IOException("Cannot start the " + name + ", see " + log);
    }
    return ProcessHandle.of(Long.parseLong(pid))
        .map(process -> new ClusterProcess(name, log, keeper, process))
        .orElseThrow(() -> new IOException("The " + name + " has ended at once, see " + log));
  }

  long id() {
    return process.pid();
  }

  /** Returns when the process has ended. */
  void awaitEnd() {
    process.onExit().join();
  }

  /** Fails with the end of its log if the process has ended. */
  void checkAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("The " + name + " has ended, see " + log + ":\n" + endOfLog());
    }
  }

  private String endOfLog() throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - LOG_LINES_SHOWN), all.size()));
    } catch (UncheckedIOException unreadable) {
      throw new IOException("Cannot read " + log, unreadable);
    }
  }

  @Override
  public void close() throws IOException {
    keeper.getOutputStream().close();
    keeper.onExit().join();
  }
}
