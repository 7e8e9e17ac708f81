package dev.firn.testing.s3;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP/1.1 message as it stands on the wire.
 *
 * @param start the first line
 * @param headers {@code Name: value}, in order
 * @param body as it was sent, in chunks too
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpMessage(String start, List<String> headers, byte[] body) {

  /** The first line and the headers of what comes next; empty where nothing comes. */
  static Optional<HttpMessage> head(InputStream in) throws IOException {
    String start = line(in);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
    }
    return Optional.of(new HttpMessage(start, headers, new byte[0]));
  }

  /** A line without its end; empty at the end of the stream. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  Optional<String> header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(header -> header.substring(prefix.length()).strip())
        .findFirst();
  }

  HttpMessage without(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    List<String> others =
        headers.stream()
            .filter(header -> !header.toLowerCase(Locale.ROOT).startsWith(prefix))
            .toList();
    return new HttpMessage(start, others, body);
  }

  HttpMessage with(String header) {
    List<String> more = new ArrayList<>(headers);
    more.add(header);
    return new HttpMessage(start, more, body);
  }

  /** The message with the body that its headers announce. */
  HttpMessage withAnnouncedBody(InputStream in) throws IOException {
    if (header("Transfer-Encoding").isPresent()) {
      throw new IOException("a request in chunks is not understood");
    }
    int length = header("Content-Length").map(Integer::parseInt).orElse(0);
    byte[] announced = in.readNBytes(length);
    if (announced.length < length) {
      throw new EOFException("a request ended too early");
    }
    return new HttpMessage(start, headers, announced);
  }

  HttpMessage withBody(byte[] all) {
    return new HttpMessage(start, headers, all);
  }

  boolean isOf(String method) {
    return start.startsWith(method + " ");
  }

  /** Sends the first {@code bodyBytes} of the body, and all before it. */
  void send(OutputStream out, int bodyBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String head = start + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    bytes.write(body, 0, bodyBytes);
    bytes.writeTo(out);
    out.flush();
  }
}
