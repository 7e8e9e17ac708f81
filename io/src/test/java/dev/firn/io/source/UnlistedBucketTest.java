package dev.firn.io.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.ByteRange;
import dev.firn.io.object.s3.S3Credentials;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What "forbidden" means of a file in a public bucket that may not be listed. */
class UnlistedBucketTest {
  private static final String THERE = UnlistedBucket.ROOT + "/there";
  private static final String ABSENT = UnlistedBucket.ROOT + "/absent";

  private UnlistedBucket bucket;

  @BeforeEach
  void start() throws IOException {
    bucket = UnlistedBucket.start();
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  @Test
  void toNobodyItIsThatThereIsNoSuchFile() throws IOException {
    SourceFiles files = bucket.files(new S3Credentials.Anonymous());

    assertThat(files.find(ABSENT), equalTo(Optional.empty()));
    assertThat(files.get(ABSENT), equalTo(Optional.empty()));
    assertThat(
        Arrays.equals(files.get(THERE).orElseThrow().bytes(), UnlistedBucket.CONTENT),
        equalTo(true));
  }

  @Test
  void toNobodyAFileThatWasThereIsGone() throws IOException {
    SourceFiles files = bucket.files(new S3Credentials.Anonymous());
    FileVersion version = files.find(THERE).orElseThrow();
    bucket.empty();

    var gone =
        assertThrows(
            FileChangedException.class, () -> files.read(THERE, version, new ByteRange(0, 10)));

    assertThat(gone.getMessage(), containsString("it is gone"));
  }

  @Test
  void listingRemainsForbidden() {
    SourceFiles files = bucket.files(new S3Credentials.Anonymous());

    assertThrows(AccessDeniedException.class, () -> files.list(UnlistedBucket.ROOT + "/a/"));
  }

  @Test
  void anInvalidKeyIsARefusal() {
    SourceFiles files = bucket.files(new S3Credentials.Key("id", "secret", Optional.empty()));

    IOException got = assertThrows(IOException.class, () -> files.get(ABSENT));
    IOException found = assertThrows(IOException.class, () -> files.find(ABSENT));

    assertThat(got.getMessage(), containsString("answered 403 InvalidAccessKeyId"));
    assertThat(found.getMessage(), containsString("HeadObject answered 403"));
  }

  @Test
  void anExpiredTokenIsARefusal() {
    SourceFiles files = bucket.files(new S3Credentials.Key("id", "secret", Optional.of("token")));

    IOException got = assertThrows(IOException.class, () -> files.get(ABSENT));

    assertThat(got.getMessage(), containsString("The provided token has expired."));
    assertThrows(IOException.class, () -> files.find(ABSENT));
  }
}
