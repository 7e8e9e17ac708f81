package dev.firn.testing.s3;

import java.net.URI;

/**
 * A bucket of a test.
 *
 * @param endpoint the server it is on
 * @param name its name
 */
public record S3Bucket(URI endpoint, String name) {
  /** Its {@code s3:} URL. */
  public String url() {
    return "s3://" + name;
  }
}
