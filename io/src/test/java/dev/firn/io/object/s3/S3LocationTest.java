package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.ObjectPath;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {
  @ParameterizedTest
  @CsvSource({
    "s3://b, s3://b, x",
    "s3://b/, s3://b, x",
    "s3://b/c d/e%20, s3://b/c d/e%20, c d/e%20/x",
    "s3://b/c/, s3://b/c, c/x"
  })
  void keysBeginWithThePrefixAsItStands(String given, String url, String key) {
    S3Location location = S3Location.parse(given);

    assertThat(location.url(), equalTo(url));
    assertThat(location.key(new ObjectPath("x")), equalTo(key));
    assertThat(location.path(key), equalTo(Optional.of(new ObjectPath("x"))));
  }

  @Test
  void keysThatNoPathCanNameAreNotObjects() {
    S3Location location = S3Location.parse("s3://b/c");

    assertThat(location.path("c/"), equalTo(Optional.empty()));
    assertThat(location.path("c/folder/"), equalTo(Optional.empty()));
    assertThat(location.path("c/a//b"), equalTo(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://", "s3:///a", "s3:b/c"})
  void urlWithoutABucketIsRefused(String url) {
    var refused = assertThrows(IllegalArgumentException.class, () -> S3Location.parse(url));

    assertThat(
        refused.getMessage(),
        equalTo("Invalid S3 URL '" + url + "': expected s3://BUCKET or s3://BUCKET/PREFIX"));
  }

  @Test
  void endpointNeedsAScheme() {
    URI endpoint = URI.create("localhost:9000");

    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> S3Settings.at(endpoint, new S3Credentials.Chain()));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Invalid S3 endpoint 'localhost:9000': expected http://HOST:PORT or https://HOST:PORT"));
  }
}
