package dev.firn.io.object.s3;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * How to reach a store on S3.
 *
 * @param endpoint the server, when it is not Amazon's
 * @param region where requests are sent and signed for; on Amazon's S3 a bucket elsewhere is found
 * @param pathStyle whether the bucket is a part of the path, not of the host name
 * @param credentials who asks
 * @param singleWriter whether the user says that nobody else writes meanwhile, so that conditional
 *     puts may look and then put
 * @param deadlines how long requests may take
 */
public record S3Settings(
    Optional<URI> endpoint,
    Optional<String> region,
    boolean pathStyle,
    S3Credentials credentials,
    boolean singleWriter,
    Deadlines deadlines) {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** Checks the endpoint. */
  public S3Settings {
    if (endpoint.isPresent() && !SCHEMES.contains(String.valueOf(endpoint.get().getScheme()))) {
      throw new IllegalArgumentException(
          "Invalid S3 endpoint '"
              + endpoint.get()
              + "': expected http://HOST:PORT or https://HOST:PORT");
    }
  }

  /** A server by its address, path-style, with the usual deadlines. */
  public static S3Settings at(URI endpoint, S3Credentials credentials) {
    return new S3Settings(
        Optional.of(endpoint), Optional.of("us-east-1"), true, credentials, false, Deadlines.USUAL);
  }

  /** Whether requests are not signed. */
  public boolean isAnonymous() {
    return credentials instanceof S3Credentials.Anonymous;
  }

  /** The same with other deadlines. */
  public S3Settings within(Deadlines other) {
    return new S3Settings(endpoint, region, pathStyle, credentials, singleWriter, other);
  }

  /** The same, where the user says that nobody else writes. */
  public S3Settings withSingleWriter() {
    return new S3Settings(endpoint, region, pathStyle, credentials, true, deadlines);
  }
}
