package dev.firn.io.object.s3;

import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The content of an answer: all that was announced, or it is worth another attempt. */
final class Body {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");

  private Body() {}

  /**
   * Reads what was announced. The SDK compares checksums when it is asked for more at the end, not
   * before.
   */
  static byte[] read(GetObjectResponse answer, InputStream content) {
    byte[] bytes = new byte[Math.toIntExact(answer.contentLength())];
    try {
      int count = content.readNBytes(bytes, 0, bytes.length);
      if (count < bytes.length || content.read() >= 0) {
        throw new IOException("the body has not the " + bytes.length + " bytes it announced");
      }
    } catch (IOException broken) {
      throw RetryableException.create("Cannot read the answer", broken);
    }
    return bytes;
  }

  /** The same, if it is the part that was asked for, up to the end of the object. */
  static byte[] readRange(ByteRange asked, GetObjectResponse answer, InputStream content) {
    if (answer.contentRange() == null) {
      throw SdkClientException.create("the server answered a range with the whole object");
    }
    Matcher parts = CONTENT_RANGE.matcher(answer.contentRange());
    if (!parts.matches() || !isWhole(asked, parts, answer.contentLength())) {
      throw SdkClientException.create(
          "the server answered bytes "
              + asked.offset()
              + " to "
              + (asked.end() - 1)
              + " with "
              + answer.contentLength()
              + " of "
              + answer.contentRange());
    }
    return read(answer, content);
  }

  private static boolean isWhole(ByteRange asked, Matcher parts, long lengthBytes) {
    long first = Long.parseLong(parts.group(1));
    long end = Long.parseLong(parts.group(2)) + 1;
    boolean toTheEnd = parts.group(3).equals("*") || end == Long.parseLong(parts.group(3));
    return first == asked.offset()
        && lengthBytes == end - first
        && (end == asked.end() || (end < asked.end() && toTheEnd));
  }
}
