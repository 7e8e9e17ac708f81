package dev.firn.io.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginsTest {
  private static Optional<String> shown(String host, String url) {
    Map<String, String> variables = Map.of("FIRN_LOGINS", host + "=bearer:TOKEN", "TOKEN", "t");
    return Logins.of(name -> Optional.ofNullable(variables.get(name))).header(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://data.example/a", "https://DATA.example/b"})
  void loginIsShownToItsHostOverTls(String url) {
    assertThat(shown("data.example", url), equalTo(Optional.of("Bearer t")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://data.example/a", "https://other.example/", "https://data.example:8443/"})
  void loginIsNotShownToOthersNorInTheClear(String url) {
    assertThat(shown("data.example", url), equalTo(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:80", "localhost:80", "[::1]:80"})
  void loginIsShownOnThisMachineInTheClear(String host) {
    assertThat(shown(host, "http://" + host + "/"), equalTo(Optional.of("Bearer t")));
  }
}
