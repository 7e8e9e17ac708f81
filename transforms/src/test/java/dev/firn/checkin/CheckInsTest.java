package dev.firn.checkin;

import static dev.firn.checkin.CheckInUrlTest.checkIn;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import dev.firn.checkin.CheckIn.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckInsTest {
  private CheckInServer server;

  @BeforeEach
  void start() throws IOException {
    server = new CheckInServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static CheckIns to(Map<String, String> variables, Duration deadline, String... urls) {
    return new CheckIns(List.of(urls), name -> Optional.ofNullable(variables.get(name)), deadline);
  }

  private static CheckIns to(String... urls) {
    return to(Map.of(), Duration.ofSeconds(30), urls);
  }

  @Test
  void everyUrlIsTold() {
    CheckIns checkIns = to(server.url() + "/one/{dataset}", server.url() + "/two?s={status}");

    assertThat(checkIns.send(checkIn(Status.OK)), empty());

    assertThat(
        server.heard().stream().map(CheckInServer.Heard::target).toList(),
        contains("POST /one/gfs", "POST /two?s=ok"));
    assertThat(server.bodies().get(0).toString(), equalTo(checkIn(Status.OK).json()));
  }

  @Test
  void loginOfTheHostGoesWithIt() {
    String host = server.url().substring("http://".length());
    Map<String, String> variables = Map.of("FIRN_LOGINS", host + "=bearer:TOKEN", "TOKEN", "t");

    to(variables, Duration.ofSeconds(30), server.url()).send(checkIn(Status.OK));

    assertThat(server.heard().get(0).authorization(), contains("Bearer t"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void whatMayPassIsTriedAgain(int status) {
    server.fail(2, status);

    assertThat(to(server.url()).send(checkIn(Status.OK)), empty());

    assertThat(server.statuses(), contains("ok"));
  }

  @Test
  void whatDoesNotPassIsTold() {
    server.fail(Integer.MAX_VALUE, 500);

    assertThat(
        to(server.url() + "/a/secret").send(checkIn(Status.ERROR)),
        contains(
            "check-in 'error' of job gfs-1 did not reach " + server.url() + ": HTTP status 500"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 404})
  void whatNoOtherAttemptChangesIsToldAtOnce(int status) {
    server.fail(1, status);

    assertThat(
        to(server.url()).send(checkIn(Status.OK)),
        contains(
            "check-in 'ok' of job gfs-1 did not reach "
                + server.url()
                + ": HTTP status "
                + status));
    assertThat(server.statuses(), empty());
  }

  @Test
  void variableThatIsNotSetIsTold() {
    assertThat(
        to(server.url() + "/{env:KEY}").send(checkIn(Status.OK)),
        contains("check-in 'ok' of job gfs-1 did not reach " + server.url() + ": KEY is not set"));
  }

  @Test
  void nobodyWaitsLongerThanTheDeadline() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort();
      long begun = System.nanoTime();

      List<String> failures = to(Map.of(), Duration.ofSeconds(1), url).send(checkIn(Status.OK));

      assertThat(
          failures,
          contains("check-in 'ok' of job gfs-1 did not reach " + url + ": no answer within 1 s"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun).toSeconds(), lessThan(5L));
    }
  }

  @Test
  void hostThatIsNotThereIsTold() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;

    assertThat(
        to(url).send(checkIn(Status.OK)),
        contains("check-in 'ok' of job gfs-1 did not reach " + url + ": ConnectException"));
  }
}
