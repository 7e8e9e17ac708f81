package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.firn.dataset.ConfigurationException;
import dev.firn.update.UpdateId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerArgumentsTest {
  private static final UpdateId UPDATE = new UpdateId("tiny", "file:///a/tiny.zarr", "Years_w1");

  private final UpdateOptions options = new UpdateOptions();
  private final List<String> notes = new ArrayList<>();

  private List<String> arguments(RunOptions.Runner runner, String... beamOptions)
      throws IOException {
    options.runner = runner;
    options.beamOptions = List.of(beamOptions);
    return new RunnerArguments(options).of(UPDATE, notes::add);
  }

  @Test
  void directRunnerMakesBeamsChecksOnlyIfTheUserWantsThem() throws IOException {
    assertThat(
        arguments(RunOptions.Runner.DIRECT, "--targetParallelism=1"),
        contains(
            "--enforceEncodability=false", "--enforceImmutability=false", "--targetParallelism=1"));
    assertThat(
        arguments(RunOptions.Runner.DIRECT, "--enforceImmutability=true"),
        contains("--enforceEncodability=false", "--enforceImmutability=true"));
  }

  @Test
  void flinkNeedsAMaster() {
    var missing =
        assertThrows(ConfigurationException.class, () -> arguments(RunOptions.Runner.FLINK));

    assertThat(missing.getMessage(), equalTo("--runner flink needs --flink-master HOST:PORT"));
  }

  @Test
  void flinkInThisProcessAsksNobody() throws IOException {
    options.flinkMaster = "[local]";

    assertThat(
        arguments(RunOptions.Runner.FLINK, "--parallelism=2"),
        contains(
            "--runner=FlinkRunner",
            "--flinkMaster=[local]",
            "--fasterCopy=true",
            "--jobName=firn-years-w1",
            "--parallelism=2"));
    assertThat(notes, empty());
  }

  @Test
  void clusterWithoutRestartsIsWarnedOfAndItsSlotsAreUsed() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(server, "/overview", "{\"slots-total\":6,\"flink-version\":\"1.19.3\"}");
    answer(server, "/jobmanager/config", "[]");
    server.start();
    options.flinkMaster = "127.0.0.1:" + server.getAddress().getPort();
    try {
      assertThat(
          arguments(RunOptions.Runner.FLINK, "--jobName=mine"),
          contains(
              "--runner=FlinkRunner",
              "--flinkMaster=" + options.flinkMaster,
              "--fasterCopy=true",
              "--parallelism=6",
              "--jobName=mine"));
      assertThat(notes, hasSize(2));
      assertThat(
          notes.get(0), containsString("has no restart strategy, so a lost TaskManager fails the"));
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpServer server, String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @Test
  void dataflowThatIsNotThereSaysHowToGetIt() {
    var absent =
        assertThrows(ConfigurationException.class, () -> arguments(RunOptions.Runner.DATAFLOW));

    assertThat(absent.getMessage(), containsString("build with mvn -Pdataflow package"));
  }
}
