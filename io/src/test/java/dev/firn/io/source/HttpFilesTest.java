package dev.firn.io.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileHost.Habit;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpFilesTest extends SourceFilesContract {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  final Transfers transfers = new Transfers();
  private FileHost host;
  private SourceFiles files;

  /** The host's habits. */
  Habit[] habits() {
    return new Habit[0];
  }

  @BeforeEach
  void start() throws IOException {
    host = FileHost.start(habits());
    files = files(Logins.NONE);
  }

  private SourceFiles files(Logins logins) {
    return new HttpFiles(
        new HttpSettings(HostLimits.NONE_BUT_USUAL, logins, PATIENCE, 3), transfers);
  }

  @AfterEach
  void stop() throws IOException {
    files.close();
    host.close();
  }

  @Override
  SourceFiles files() {
    return files;
  }

  @Override
  String url(String path) {
    return host.url(path);
  }

  @Override
  String publish(String path, byte[] bytes) {
    host.publish(path, bytes);
    return url(path);
  }

  @Override
  void remove(String path) {
    host.withdraw(path);
  }

  static class WithoutHeadTest extends HttpFilesTest {
    @Override
    Habit[] habits() {
      return new Habit[] {Habit.NO_HEAD};
    }
  }

  static class WithoutRangesTest extends HttpFilesTest {
    @Override
    Habit[] habits() {
      return new Habit[] {Habit.NO_RANGES};
    }
  }

  static class WithoutConditionsTest extends HttpFilesTest {
    @Override
    Habit[] habits() {
      return new Habit[] {Habit.NO_CONDITIONS, Habit.FIRST_RANGE_ONLY};
    }
  }

  static class WithWeakTagsTest extends HttpFilesTest {
    @Override
    Habit[] habits() {
      return new Habit[] {Habit.WEAK_TAGS};
    }
  }

  static class WithTimesOnlyTest extends HttpFilesTest {
    @Override
    Habit[] habits() {
      return new Habit[] {Habit.NO_TAGS};
    }
  }

  /** As Amazon's buckets are. */
  static class OfABucketTest extends HttpFilesTest {
    @Override
    Habit[] habits() {
      return new Habit[] {Habit.LIKE_A_BUCKET, Habit.WHOLE_FOR_MANY_RANGES};
    }
  }

  static class WithWholeForManyRangesTest extends HttpFilesTest {
    @Override
    Habit[] habits() {
      return new Habit[] {Habit.WHOLE_FOR_MANY_RANGES};
    }
  }

  private boolean has(Habit habit) {
    return Arrays.asList(habits()).contains(habit);
  }

  @Test
  void distantRangesAreReadInOneRequestWhereTheServerCan() throws IOException {
    String url = publish("a", content);
    FileVersion version = files.find(url).orElseThrow();
    List<ByteRange> ranges = List.of(new ByteRange(600_000, 50), new ByteRange(1, 100));
    int before = host.requests().size();

    List<byte[]> parts = files.read(url, version, ranges);

    assertThat(
        Arrays.equals(parts.get(0), Arrays.copyOfRange(content, 600_000, 600_050)), equalTo(true));
    assertThat(Arrays.equals(parts.get(1), Arrays.copyOfRange(content, 1, 101)), equalTo(true));
    String together = "GET bytes=1-100,600000-600049";
    List<String> apart = List.of("GET bytes=1-100", "GET bytes=600000-600049");
    List<String> requests = host.requests().subList(before, host.requests().size());
    if (has(Habit.LIKE_A_BUCKET)) {
      assertThat(requests, equalTo(apart));
    } else if (has(Habit.FIRST_RANGE_ONLY)) {
      assertThat(requests, equalTo(List.of(together, apart.get(1))));
    } else {
      assertThat(requests, equalTo(List.of(together)));
    }
  }

  @Test
  void whatIsToBeReadTogetherIsWhatTheServerAnswersTogether() throws IOException {
    String url = publish("a", content);
    FileVersion version = files.find(url).orElseThrow();
    List<ByteRange> ranges = List.of(new ByteRange(600_000, 50), new ByteRange(1, 100));
    files.read(url, version, ranges);

    List<List<Integer>> requests = files.requests(url, ranges);

    boolean isOneByOne =
        has(Habit.LIKE_A_BUCKET) || has(Habit.FIRST_RANGE_ONLY) || has(Habit.WHOLE_FOR_MANY_RANGES);
    assertThat(
        requests, equalTo(isOneByOne ? List.of(List.of(1), List.of(0)) : List.of(List.of(0, 1))));
    int before = host.requests().size();
    files.read(url, version, List.of(ranges.get(requests.get(0).get(0))));
    assertThat(host.requests().size(), equalTo(before + 1));
  }

  @Test
  void aWholeFileThatIsFarTooLongIsNotReceivedForItsRanges() throws IOException {
    byte[] large = new byte[70 << 20];
    large[60_000_000] = 7;
    String url = publish("large", large);
    FileVersion version = files.find(url).orElseThrow();

    if (has(Habit.NO_RANGES)) {
      assertThrows(IOException.class, () -> files.read(url, version, new ByteRange(1, 9)));
    } else {
      List<byte[]> parts =
          files.read(url, version, List.of(new ByteRange(0, 10), new ByteRange(60_000_000, 1)));
      assertThat(parts.get(1), equalTo(new byte[] {7}));
    }
    assertThat(transfers.counts().bytes(), lessThan(1L << 20));
  }

  @Test
  void whatIsPutOffIsAskedForAgain() throws IOException {
    String url = publish("a", content);
    FileVersion version = files.find(url).orElseThrow();
    host.play(FileHost.status(503), FileHost.status(429, "Retry-After", "0"));

    byte[] part = files.read(url, version, new ByteRange(7, 5));

    assertThat(Arrays.equals(part, Arrays.copyOfRange(content, 7, 12)), equalTo(true));
  }

  @Test
  void answersThatBreakOffAreAskedForAgain() throws IOException {
    String url = publish("a", content);
    host.play(FileHost.half(true), FileHost.half(false));

    VersionedFile whole = files.get(url).orElseThrow();

    assertThat(Arrays.equals(whole.bytes(), content), equalTo(true));
    Transfers.Counts counts = transfers.counts();
    assertThat(counts.bytesWasted(), greaterThan(0L));
    assertThat(counts.bytesAgain(), equalTo((long) content.length));
  }

  @Test
  void failuresNameUrlReasonAndAttempts() {
    String url = publish("a", content);
    host.play(FileHost.status(500), FileHost.status(503), FileHost.status(502));

    IOException failed = assertThrows(IOException.class, () -> files.get(url));

    assertThat(
        failed.getMessage(),
        allOf(containsString(url), containsString("HTTP status 502; 3 attempts in")));
  }

  @Test
  void whatCannotSucceedIsNotRepeated() {
    String url = publish("a", content);
    host.play(FileHost.status(400));

    IOException failed = assertThrows(IOException.class, () -> files.get(url));

    assertThat(failed.getMessage(), containsString("HTTP status 400"));
    assertThat(host.requests().size(), equalTo(1));
  }

  @Test
  void forbiddenFilesOfBucketsAreAbsentThoseOfOtherHostsAreNot() throws IOException {
    String url = publish("a", content);
    host.play(FileHost.status(403, "x-amz-request-id", "1"));
    assertThat(files.find(url), equalTo(Optional.empty()));

    host.play(FileHost.status(403));
    assertThrows(AccessDeniedException.class, () -> files.find(url));
  }

  @Test
  void loginsAreShownToTheirHostOnly() throws IOException {
    try (FileHost other = FileHost.start()) {
      other.publish("moved", content);
      host.play(FileHost.status(302, "Location", other.url("moved")));
      Logins logins =
          Logins.of(
              name ->
                  Optional.ofNullable(
                      Map.of(Logins.VARIABLE, host.authority() + "=bearer:TOKEN", "TOKEN", "secret")
                          .get(name)));

      Optional<VersionedFile> found = files(logins).get(url("a"));

      assertThat(found.isPresent(), equalTo(true));
      assertThat(host.requests(), contains("GET Bearer secret"));
      assertThat(other.requests(), contains("GET"));
    }
  }

  @Test
  void loginsThatHaveExpiredAreNoAbsence() {
    Map<String, String> variables =
        Map.of(
            Logins.VARIABLE,
            host.authority() + "=basic:WHO:PASSWORD",
            "WHO",
            "me",
            "PASSWORD",
            "secret");
    SourceFiles known = files(Logins.of(name -> Optional.ofNullable(variables.get(name))));
    host.play(FileHost.status(403, "x-amz-request-id", "1"), FileHost.status(401));

    AccessDeniedException refused =
        assertThrows(AccessDeniedException.class, () -> known.find(url("a")));

    assertThat(refused.getMessage(), containsString("the login is refused or has expired"));
    assertThat(refused.getMessage(), not(containsString("secret")));
    assertThrows(AccessDeniedException.class, () -> known.find(url("a")));
    assertThat(host.requests(), hasItem("HEAD Basic bWU6c2VjcmV0"));
  }

  @Test
  void pagesToLogInAtAreNoFiles() throws IOException {
    host.play(
        FileHost.status(302, "Location", url("login")),
        FileHost.status(200, "Content-Type", "text/html; charset=utf-8"));

    AccessDeniedException refused =
        assertThrows(AccessDeniedException.class, () -> files.get(url("a")));

    assertThat(refused.getMessage(), containsString("a page to log in at"));
  }

  @Test
  void redirectsThatGoRoundEnd() {
    FileHost.Prank round = FileHost.status(302, "Location", url("a"));
    FileHost.Prank[] pranks = new FileHost.Prank[40];
    Arrays.fill(pranks, round);
    host.play(pranks);

    IOException failed = assertThrows(IOException.class, () -> files.get(url("a")));

    assertThat(failed.getMessage(), containsString("more than 10 redirects"));
  }
}
