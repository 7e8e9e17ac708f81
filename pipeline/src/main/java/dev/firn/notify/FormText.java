package dev.firn.notify;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Texts in the form {@code application/x-www-form-urlencoded}, in UTF-8. */
final class FormText {
  private FormText() {}

  /** The text that is written as {@code encoded}; empty where none is. */
  static Optional<String> decoded(String encoded) {
    byte[] written = encoded.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(written.length);
    for (int at = 0; at < written.length; at++) {
      if (written[at] == '%') {
        if (!isEscape(written, at)) {
          return Optional.empty();
        }
        bytes.write(
            16 * HexFormat.fromHexDigit(written[at + 1]) + HexFormat.fromHexDigit(written[at + 2]));
        at += 2;
      } else {
        bytes.write(written[at] == '+' ? ' ' : written[at]);
      }
    }
    return text(bytes.toByteArray());
  }

  private static boolean isEscape(byte[] written, int at) {
    return at + 2 < written.length
        && HexFormat.isHexDigit(written[at + 1])
        && HexFormat.isHexDigit(written[at + 2]);
  }

  private static Optional<String> text(byte[] utf8) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }
}
