package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firn.io.object.ObjectPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a server is told that asks. */
class S3CredentialsTest {
  private BrokenS3 server;

  @BeforeEach
  void startServer() throws IOException {
    server = new BrokenS3();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private Headers request(S3Credentials credentials) throws IOException {
    server.store(credentials).put(new ObjectPath("x"), new byte[1]);
    return server.requests.get(0);
  }

  @Test
  void keySignsRequests() throws IOException {
    Headers headers = request(new S3Credentials.Key("replica-id", "secret", Optional.empty()));

    assertThat(headers.getFirst("Authorization"), containsString("Credential=replica-id/"));
    assertThat(headers.containsKey("X-Amz-Security-Token"), is(false));
  }

  @Test
  void keyOfASessionComesWithItsToken() throws IOException {
    Headers headers = request(new S3Credentials.Key("id", "secret", Optional.of("the token")));

    assertThat(headers.getFirst("X-Amz-Security-Token"), equalTo("the token"));
  }

  @Test
  void anonymousRequestsAreNotSigned() throws IOException {
    assertThat(request(new S3Credentials.Anonymous()).containsKey("Authorization"), is(false));
  }

  @Test
  void profileIsReadFromTheFileOfCredentials(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("credentials"),
            "[elsewhere]\naws_access_key_id = of-profile\naws_secret_access_key = secret\n");
    System.setProperty("aws.sharedCredentialsFile", file.toString());
    System.setProperty("aws.configFile", directory.resolve("none").toString());
    try {
      Headers headers = request(new S3Credentials.Profile("elsewhere"));

      assertThat(headers.getFirst("Authorization"), containsString("Credential=of-profile/"));
    } finally {
      System.clearProperty("aws.sharedCredentialsFile");
      System.clearProperty("aws.configFile");
    }
  }

  @Test
  void machineIsAskedForItsRole() throws IOException {
    HttpServer machine =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    machine.createContext("/", S3CredentialsTest::answerAsMachine);
    machine.start();
    String endpoint = "http://127.0.0.1:" + machine.getAddress().getPort();
    System.setProperty("aws.ec2MetadataServiceEndpoint", endpoint);
    System.setProperty("aws.disableEc2Metadata", "false");
    try {
      Headers headers = request(new S3Credentials.Instance());

      assertThat(headers.getFirst("Authorization"), containsString("Credential=of-machine/"));
    } finally {
      System.clearProperty("aws.ec2MetadataServiceEndpoint");
      System.clearProperty("aws.disableEc2Metadata");
      machine.stop(0);
    }
  }

  /** The metadata service: a token, the role's name, its credentials. */
  private static void answerAsMachine(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String text =
        path.endsWith("/token")
            ? "token"
            : path.endsWith("/security-credentials/")
                ? "role"
                : "{\"Code\": \"Success\", \"AccessKeyId\": \"of-machine\", \"SecretAccessKey\":"
                    + " \"secret\", \"Token\": \"t\", \"Expiration\": \"2099-01-01T00:00:00Z\"}";
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().set("x-aws-ec2-metadata-token-ttl-seconds", "21600");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
