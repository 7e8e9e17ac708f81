package dev.firn.io.object;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditional puts of several processes into one directory, one of which may be killed. */
class ProcessesTest {
  private static final int PROCESSES = 4;
  private static final int ROUNDS = 100;
  private static final ObjectPath COUNTER = new ObjectPath("a/counter");

  /** A process that counts, or one that takes the lock and keeps it until it is killed. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 1) {
      Path directory = Path.of(arguments[0]);
      try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
        Files.writeString(directory.resolve("held"), "");
        new CountDownLatch(1).await();
      }
    }
    count(arguments);
  }

  /** Reads the number, puts the next on condition that it is unchanged. */
  private static void count(String[] arguments) throws IOException {
    try (LocalObjectStore store = new LocalObjectStore(Path.of(arguments[0]))) {
      for (int counted = 0; counted < ROUNDS; ) {
        Optional<StoredObject> found = store.get(COUNTER);
        PutCondition unchanged =
            found
                .map(object -> PutCondition.matches(object.stat().etag()))
                .orElseGet(PutCondition::absent);
        byte[] next = Integer.toString(number(found) + 1).getBytes(StandardCharsets.US_ASCII);
        counted += store.putIf(COUNTER, next, unchanged).isPresent() ? 1 : 0;
      }
    }
  }

  private static int number(Optional<StoredObject> object) {
    return object
        .map(found -> Integer.parseInt(new String(found.bytes(), StandardCharsets.US_ASCII)))
        .orElse(0);
  }

  @Test
  void noPutOfAnyProcessIsLost(@TempDir Path directory) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int number = 0; number < PROCESSES; number++) {
      processes.add(start("" + directory));
    }

    for (Process process : processes) {
      assertThat(process.waitFor(), equalTo(0));
    }

    try (LocalObjectStore store = new LocalObjectStore(directory)) {
      assertThat(number(store.get(COUNTER)), equalTo(PROCESSES * ROUNDS));
    }
  }

  @Test
  void lockOfAProcessThatWasKilledHoldsNobodyUp(@TempDir Path directory) throws Exception {
    Process holder = start("" + directory, "hold");
    while (!Files.exists(directory.resolve("held"))) {
      assertThat(holder.isAlive(), equalTo(true));
      Thread.sleep(10);
    }

    holder.destroyForcibly().waitFor();

    try (LocalObjectStore store = new LocalObjectStore(directory)) {
      ObjectPath path = new ObjectPath("x");
      boolean put = store.putIf(path, new byte[] {1}, PutCondition.absent()).isPresent();
      assertThat(put, equalTo(true));
    }
  }

  private static Process start(String... arguments) throws IOException {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(java, "-Xshare:auto", "-cp", classPath, ProcessesTest.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
