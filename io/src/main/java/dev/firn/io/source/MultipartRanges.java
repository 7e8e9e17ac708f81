package dev.firn.io.source;

import dev.firn.io.object.ByteRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of a file in one answer: {@code multipart/byteranges} (RFC 9110, section 14.6), or the one
 * part of an ordinary partial answer.
 */
final class MultipartRanges {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/byteranges;.*?boundary=\"?([^\";]+)\"?.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern RANGE = Pattern.compile("bytes\\s+(\\d+)-(\\d+)/(\\d+|\\*)");
  private static final String HEADER = "content-range:";

  private final List<Part> parts;

  private MultipartRanges(List<Part> parts) {
    this.parts = parts;
  }

  /** Where a part lies in the file, and where its bytes begin in the answer. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(ByteRange range, int at, byte[] body) {
    static Optional<Part> of(String contentRange, int at, byte[] body) {
      Matcher range = RANGE.matcher(contentRange);
      if (!range.matches()) {
        return Optional.empty();
      }
      long first = Long.parseLong(range.group(1));
      long end = Long.parseLong(range.group(2)) + 1;
      return end > first && end - first <= body.length - at
          ? Optional.of(new Part(new ByteRange(first, end - first), at, body))
          : Optional.empty();
    }

    boolean holds(ByteRange wanted) {
      return range.offset() <= wanted.offset() && wanted.end() <= range.end();
    }

    byte[] bytes(ByteRange wanted) {
      int from = Math.toIntExact(at + wanted.offset() - range.offset());
      return Arrays.copyOfRange(body, from, Math.toIntExact(from + wanted.lengthBytes()));
    }
  }

  /** The parts of a partial answer; what is broken off or not to be understood is left out. */
  static MultipartRanges of(HttpAnswer answer) {
    String type = answer.headers().firstValue("content-type").orElse("");
    Matcher boundary = BOUNDARY.matcher(type);
    if (boundary.matches()) {
      return new MultipartRanges(parts(answer.body(), "--" + boundary.group(1)));
    }
    return new MultipartRanges(
        answer
            .headers()
            .firstValue("content-range")
            .flatMap(range -> Part.of(range, 0, answer.body()))
            .stream()
            .toList());
  }

  private static List<Part> parts(byte[] body, String delimiter) {
    String text = new String(body, StandardCharsets.ISO_8859_1); // a character for each byte
    List<Part> parts = new ArrayList<>();
    int at = text.indexOf(delimiter);
    while (at >= 0) {
      int head = at + delimiter.length();
      int end = text.indexOf("\r\n\r\n", head);
      if (end < 0 || text.startsWith("--", head)) {
        break;
      }
      Optional<Part> part =
          contentRange(text.substring(head, end)).flatMap(r -> Part.of(r, end + 4, body));
      part.ifPresent(parts::add);
      int behind = end + 4 + part.map(p -> (int) p.range().lengthBytes()).orElse(0);
      at = text.indexOf(delimiter, behind);
    }
    return parts;
  }

  private static Optional<String> contentRange(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(HEADER))
        .map(line -> line.substring(HEADER.length()).strip())
        .findFirst();
  }

  /** The bytes of {@code wanted}; empty when no part has them all. */
  Optional<byte[]> bytes(ByteRange wanted) {
    return parts.stream().filter(part -> part.holds(wanted)).findFirst().map(p -> p.bytes(wanted));
  }

  /** How many bytes of the file the answer has. */
  long bytes() {
    return parts.stream().mapToLong(part -> part.range().lengthBytes()).sum();
  }
}
