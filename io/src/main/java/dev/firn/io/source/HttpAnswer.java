package dev.firn.io.source;

import dev.firn.io.object.ETag;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered (RFC 9110).
 *
 * @param uri who answered, behind all redirects
 * @param status its code
 * @param headers its headers
 * @param body its content
 * @param withLogin whether a login was shown
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record HttpAnswer(URI uri, int status, HttpHeaders headers, byte[] body, boolean withLogin) {
  static final int OK = 200;
  static final int PARTIAL = 206;
  static final int CHANGED = 412;
  static final int OUT_OF_RANGE = 416;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int GONE = 410;
  private static final int NOT_IMPLEMENTED = 501;

  private static final Pattern TOTAL = Pattern.compile("bytes (?:\\d+-\\d+|\\*)/(\\d+)");

  /**
   * Whether there is no such file. Public buckets that may not be listed answer "forbidden" for
   * files that are not there; of others, and where a login was shown, that is a refusal.
   */
  boolean isAbsent() {
    return status == NOT_FOUND
        || status == GONE
        || (status == FORBIDDEN && !withLogin && isOfBucket());
  }

  /** Whether a bucket of Amazon's or Google's kind has answered. */
  boolean isOfBucket() {
    return headers.firstValue("x-amz-request-id").isPresent()
        || headers.firstValue("x-guploader-uploadid").isPresent();
  }

  boolean isDenied() {
    return status == UNAUTHORIZED || status == FORBIDDEN;
  }

  /** Whether the whole was sent by a server that can send parts, but not several. */
  boolean isWholeThoughPartsAreServed() {
    return status == OK && headers.firstValue("accept-ranges").filter("bytes"::equals).isPresent();
  }

  /** Whether the server does not know the method, which says nothing of the file. */
  boolean isOfUnknownMethod() {
    return status == METHOD_NOT_ALLOWED || status == NOT_IMPLEMENTED;
  }

  boolean isPage() {
    return headers
        .firstValue("content-type")
        .filter(type -> type.startsWith("text/html"))
        .isPresent();
  }

  /** How long the file is: the length of a whole answer, or what a part says of the whole. */
  OptionalLong fileBytes() {
    if (status != PARTIAL && status != OUT_OF_RANGE) {
      return headers.firstValueAsLong("content-length");
    }
    Optional<Matcher> total =
        headers.firstValue("content-range").map(TOTAL::matcher).filter(Matcher::matches);
    return total.isPresent()
        ? OptionalLong.of(Long.parseLong(total.get().group(1)))
        : OptionalLong.empty();
  }

  /** The version of a file that is {@code fileBytes} long. */
  FileVersion version(long fileBytes) {
    return new FileVersion(
        fileBytes,
        headers.firstValue("etag").filter(tag -> !tag.isEmpty()).map(ETag::new),
        headers.firstValue("last-modified").flatMap(HttpAnswer::time));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
