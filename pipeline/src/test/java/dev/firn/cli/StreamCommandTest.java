package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said before anything is asked of stores or queues. */
class StreamCommandTest {
  @TempDir Path directory;
  private final StringWriter err = new StringWriter();

  private int stream(String... arguments) {
    List<String> all = new ArrayList<>(List.of("stream", "firn-demo"));
    all.addAll(List.of(arguments));
    return Firn.commandLine()
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "--look-every, soon, Invalid --look-every 'soon': expected one like",
    "--queue, https://example.com/a/b, https://example.com/a/b",
    "--events, nowhere, Invalid target of events",
    "--dead-letters, ftp://nowhere, Invalid target of events",
    "--deadline, late, 'live: ''deadline'' is'",
    "--early-lead-times, 0, early after",
  })
  void wrongOptionIsNamed(String option, String value, String message) {
    int code = stream("--store", directory.toString(), option, value);

    assertThat(err.toString(), code, equalTo(ExitCode.WRONG_USAGE));
    assertThat(err.toString(), containsString(message));
  }

  @Test
  void datasetsNeedStoresOfTheirOwn() {
    int code = stream("noaa-gfs-forecast", "--store", directory.resolve("one.icechunk").toString());

    assertThat(err.toString(), code, equalTo(ExitCode.WRONG_USAGE));
    assertThat(err.toString(), containsString("several datasets need a URL below which"));
  }

  @Test
  void archiveIsToBeBegunFirst() {
    int code = stream("--store", directory.toString());

    assertThat(err.toString(), code, equalTo(ExitCode.WRONG_USAGE));
    assertThat(err.toString(), containsString("begin it with 'firn backfill firn-demo --end TIME"));
  }
}
