package dev.firn.flink;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Flink cluster on this machine: a JobManager and TaskManagers, each a process of its own, on
 * free ports of the loopback interface, with the {@code -XX} options that this process has. They
 * end with it. Their configuration and logs stay in the cluster's directory.
 */
public final class LocalCluster implements AutoCloseable {
  private static final String LIBRARY = "firn.flink";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long POLL_MILLIS = 200;
  private static final List<String> LOGGING =
      List.of(
          "-Dorg.slf4j.simpleLogger.showDateTime=true",
          "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ");

  private final Path directory;
  private final String classPath;
  private final String master;
  private final List<ClusterProcess> processes = new ArrayList<>();

  private LocalCluster(Path directory, String classPath, int port) {
    this.directory = directory;
    this.classPath = classPath;
    this.master = "127.0.0.1:" + port;
  }

  /** Starts a cluster and returns when all its processes know each other. */
  public static LocalCluster start(Path directory, int taskManagers) throws IOException {
    String classPath = classPath();
    Path root = directory.toAbsolutePath();
    Files.createDirectories(root.resolve("tmp"));
    copyConfiguration(root.resolve("config.yaml"));
    List<Integer> ports = freePorts(2);
    LocalCluster cluster = new LocalCluster(root, classPath, ports.get(0));
    try {
      cluster.startProcesses(ports, taskManagers);
      cluster.awaitReady(taskManagers);
      return cluster;
    } catch (IOException failed) {
      cluster.close();
      throw failed;
    }
  }

  private static void copyConfiguration(Path target) throws IOException {
    try (InputStream configuration =
        LocalCluster.class.getResourceAsStream("/flink/" + target.getFileName())) {
      Files.copy(configuration, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void startProcesses(List<Integer> ports, int taskManagers) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("rest.port", ports.get(0).toString());
    settings.put("jobmanager.rpc.port", ports.get(1).toString());
    settings.put("io.tmp.dirs", directory.resolve("tmp").toString());
    ProcessArguments arguments = new ProcessArguments(directory, settings);
    start("jobmanager", arguments.jobManager());
    for (int number = 1; number <= taskManagers; number++) {
      String name = "taskmanager-" + number;
      start(name, arguments.taskManager(name));
    }
  }

  private void start(String name, List<String> arguments) throws IOException {
    Path log = directory.resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ownOptions());
    command.addAll(LOGGING);
    command.addAll(List.of("-Dlog.file=" + log, "-cp", classPath));
    command.addAll(arguments);
    processes.add(ClusterProcess.start(name, command, log));
  }

  /** How the virtual machine compiles and collects; how much memory it takes is Flink's to say. */
  private static List<String> ownOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:"))
        .toList();
  }

  private static String classPath() throws IOException {
    String library = System.getProperty(LIBRARY);
    if (library == null || !Files.isDirectory(Path.of(library))) {
      throw new IOException(
          "Cannot start a Flink cluster: the system property %s is %s, expected the directory of Flink's jars"
              .formatted(LIBRARY, library));
    }
    return library + File.separator + "*";
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int number = 0; number < count; number++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private void awaitReady(int taskManagers) throws IOException {
    FlinkCluster cluster = new FlinkCluster(master);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "no answer yet";
    while (System.nanoTime() < deadline) {
      for (ClusterProcess process : processes) {
        process.checkAlive();
      }
      try {
        int registered = cluster.overview().taskManagers();
        if (registered == taskManagers) {
          return;
        }
        last = registered + " TaskManagers of " + taskManagers;
      } catch (IOException notYet) {
        last = notYet.getMessage();
      }
      pause();
    }
    throw new IOException(
        "The local Flink cluster is not ready after %d s (%s), see the logs in %s"
            .formatted(PATIENCE.toSeconds(), last, directory));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a Flink cluster was starting");
    }
  }

  /** Where jobs are submitted, and the web page is: a host and a port. */
  public String master() {
    return master;
  }

  /** The process ids, the JobManager's first. */
  public List<Long> processIds() {
    return processes.stream().map(ClusterProcess::id).toList();
  }

  /** Returns when the JobManager has ended. */
  public void awaitEnd() {
    processes.get(0).awaitEnd();
  }

  @Override
  public void close() throws IOException {
    for (ClusterProcess process : processes) {
      process.close();
    }
    Path temporary = directory.resolve("tmp");
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException failed) {
      throw new IOException("Cannot clear " + temporary + ": " + failed.getMessage(), failed);
    }
  }
}
