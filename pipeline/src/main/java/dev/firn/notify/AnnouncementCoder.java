package dev.firn.notify;

import dev.firn.io.object.ETag;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * Codes an {@link Announcement} as texts and its size; an ETag that was not told is an empty text.
 */
public final class AnnouncementCoder extends AtomicCoder<Announcement> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();

  @Override
  public void encode(Announcement announcement, OutputStream out) throws IOException {
    TEXT.encode(announcement.url(), out);
    TEXT.encode(announcement.version().map(ETag::value).orElse(""), out);
    NUMBER.encode(announcement.sizeBytes(), out);
    TEXT.encode(announcement.time().toString(), out);
    TEXT.encode(announcement.sequencer(), out);
  }

  @Override
  public Announcement decode(InputStream in) throws IOException {
    return new Announcement(
        TEXT.decode(in),
        Optional.of(TEXT.decode(in)).filter(tag -> !tag.isEmpty()).map(ETag::new),
        NUMBER.decode(in),
        Instant.parse(TEXT.decode(in)),
        TEXT.decode(in));
  }
}
