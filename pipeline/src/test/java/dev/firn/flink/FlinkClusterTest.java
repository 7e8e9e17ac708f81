package dev.firn.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.firn.dataset.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkClusterTest {
  private HttpServer server;
  private FlinkCluster cluster;

  @BeforeEach
  void setUp() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    cluster = new FlinkCluster("127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void tearDown() {
    server.stop(0);
  }

  private void answer(String path, String json) {
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
  void slotsAreThoseOfAllTaskManagers() throws IOException {
    answer("/overview", "{\"taskmanagers\":3,\"slots-total\":6,\"flink-version\":\"1.19.3\"}");

    assertThat(cluster.slots(), equalTo(6));
    assertThat(cluster.overview().taskManagers(), equalTo(3));
  }

  @Test
  void otherFlinkIsRefused() {
    answer("/overview", "{\"taskmanagers\":1,\"slots-total\":2,\"flink-version\":\"1.20.1\"}");

    var refused = assertThrows(ConfigurationException.class, () -> cluster.slots());

    assertThat(
        refused.getMessage(),
        containsString("it runs Flink 1.20.1, and this build's jobs are for 1.19.x"));
  }

  @Test
  void clusterWithoutTaskManagersIsNamed() {
    answer("/overview", "{\"taskmanagers\":0,\"slots-total\":0,\"flink-version\":\"1.19.3\"}");

    var failed = assertThrows(IOException.class, () -> cluster.slots());

    assertThat(failed.getMessage(), containsString("it has no slots, so no TaskManager"));
  }

  @Test
  void restartStrategyOfTheConfigurationCounts() throws IOException {
    answer(
        "/jobmanager/config",
        "[{\"key\":\"rest.port\",\"value\":\"1\"},{\"key\":\"restart-strategy.type\",\"value\":\"fixed-delay\"}]");

    assertThat(cluster.restartsJobs(), equalTo(true));
  }

  @Test
  void absentOrSwitchedOffRestartStrategyIsNone() throws IOException {
    answer("/jobmanager/config", "[{\"key\":\"rest.port\",\"value\":\"1\"}]");
    assertThat(cluster.restartsJobs(), equalTo(false));

    server.removeContext("/jobmanager/config");
    answer("/jobmanager/config", "[{\"key\":\"restart-strategy\",\"value\":\"none\"}]");
    assertThat(cluster.restartsJobs(), equalTo(false));
  }

  @Test
  void whatIsNotThereIsNamedWithItsAddress() {
    server.stop(0);
    String address = "127.0.0.1:" + server.getAddress().getPort();

    var failed = assertThrows(IOException.class, () -> cluster.overview());

    assertThat(
        failed.getMessage(), containsString("Cannot ask the Flink cluster at " + address + ": "));
  }

  @Test
  void errorsOfTheServerAreNamed() {
    var failed = assertThrows(IOException.class, () -> cluster.overview());

    assertThat(failed.getMessage(), containsString("it answers 404 to GET /overview"));
  }

  @Test
  void addressIsAHostAndAPort() {
    var invalid =
        assertThrows(ConfigurationException.class, () -> new FlinkCluster("http://host:8081/"));

    assertThat(
        invalid.getMessage(),
        equalTo(
            "Invalid --flink-master 'http://host:8081/': expected HOST:PORT, the JobManager's REST"
                + " port"));
  }
}
