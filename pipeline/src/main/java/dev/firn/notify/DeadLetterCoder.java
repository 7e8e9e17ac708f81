package dev.firn.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Codes a {@link DeadLetter} as five texts. */
public final class DeadLetterCoder extends AtomicCoder<DeadLetter> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  @Override
  public void encode(DeadLetter letter, OutputStream out) throws IOException {
    TEXT.encode(letter.queue(), out);
    TEXT.encode(letter.messageId(), out);
    TEXT.encode(letter.sent().toString(), out);
    TEXT.encode(letter.reason(), out);
    TEXT.encode(letter.content(), out);
  }

  @Override
  public DeadLetter decode(InputStream in) throws IOException {
    return new DeadLetter(
        TEXT.decode(in),
        TEXT.decode(in),
        Instant.parse(TEXT.decode(in)),
        TEXT.decode(in),
        TEXT.decode(in));
  }
}
