package dev.firn.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClusterProcessTest {
  @TempDir Path directory;

  private ClusterProcess start(String... command) throws IOException {
    return ClusterProcess.start("sleeper", List.of(command), directory.resolve("log"));
  }

  @Test
  void closedProcessIsGone() throws IOException {
    ClusterProcess process = start("sleep", "1000");
    process.checkAlive();
    boolean before = ProcessHandle.of(process.id()).isPresent();

    process.close();

    assertThat(before, equalTo(true));
    assertThat(ProcessHandle.of(process.id()).isPresent(), equalTo(false));
  }

  @Test
  void endedProcessIsReportedWithTheEndOfItsLog() throws IOException {
    try (ClusterProcess process = start("sh", "-c", "echo no memory; sleep 0.2; exit 1")) {
      process.awaitEnd();

      var ended = assertThrows(IOException.class, process::checkAlive);

      assertThat(ended.getMessage(), containsString("The sleeper has ended, see " + directory));
      assertThat(ended.getMessage(), containsString("no memory"));
    }
  }
}
