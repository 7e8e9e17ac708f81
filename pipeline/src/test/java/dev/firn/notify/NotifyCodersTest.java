package dev.firn.notify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.object.ETag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class NotifyCodersTest {
  private static final Instant TIME = Instant.parse("2026-11-20T09:41:07.123Z");

  private static final Announcement FULL =
      new Announcement("s3://b/ü", Optional.of(new ETag("\"e\"")), 300, TIME, "0A");

  private static final DeadLetter LETTER = new DeadLetter("q", "m", TIME, "why", "content");

  private static <T> String wire(Coder<T> coder, T value) throws Exception {
    return new String(CoderUtils.encodeToByteArray(coder, value), StandardCharsets.ISO_8859_1);
  }

  @Test
  void announcementsComeBackAsTheyWere() throws Exception {
    Announcement bare = new Announcement("s3://b/k", Optional.empty(), 0, TIME, "");

    for (Announcement announcement : new Announcement[] {FULL, bare}) {
      CoderProperties.coderDecodeEncodeEqual(new AnnouncementCoder(), announcement);
      CoderProperties.coderDeterministic(new AnnouncementCoder(), announcement, announcement);
    }
  }

  @Test
  void wireBytesOfAnAnnouncementStayTheSame() throws Exception {
    assertThat(
        wire(new AnnouncementCoder(), FULL),
        equalTo(
            "\u0009s3://b/\u00c3\u00bc\u0003\"e\"\u00ac\u0002\u00182026-11-20T09:41:07.123Z\u00020A"));
  }

  @Test
  void deadLettersComeBackAsTheyWere() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(new DeadLetterCoder(), LETTER);
    CoderProperties.coderDeterministic(new DeadLetterCoder(), LETTER, LETTER);
  }

  @Test
  void wireBytesOfADeadLetterStayTheSame() throws Exception {
    assertThat(
        wire(new DeadLetterCoder(), LETTER),
        equalTo("\u0001q\u0001m\u00182026-11-20T09:41:07.123Z\u0003why\u0007content"));
  }
}
