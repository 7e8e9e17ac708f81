package dev.firn.checkin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.checkin.CheckIn.Ending;
import dev.firn.checkin.CheckIn.Status;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckInUrlTest {
  static final String ID = "0123456789abcdef0123456789abcdef";
  private static final Instant BEGUN = Instant.parse("2026-01-01T06:00:00Z");

  static CheckIn checkIn(Status status) {
    Optional<Ending> ending =
        status == Status.IN_PROGRESS
            ? Optional.empty()
            : Optional.of(new Ending(BEGUN, "published", "all is there"));
    return new CheckIn(ID, "gfs", "gfs-1", status, BEGUN.plusMillis(1500), ending);
  }

  private static String filledIn(String template, Status status) {
    Map<String, String> variables = Map.of("KEY", "a secret/key");
    return CheckInUrl.parse(template)
        .of(checkIn(status), name -> Optional.ofNullable(variables.get(name)))
        .toString();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "https://s.example/api/2/cron/firn-{dataset}/{env:KEY}/, OK, https://s.example/api/2/cron/firn-gfs/a%20secret%2Fkey/",
        "\"https://hc.example/{env:KEY}/{dataset}/{status:start,0,fail}?rid={uuid}\", IN_PROGRESS,"
            + " https://hc.example/a%20secret%2Fkey/gfs/start?rid=01234567-89ab-cdef-0123-456789abcdef",
        "\"https://hc.example/{dataset}/{status:start,0,fail}\", ERROR, https://hc.example/gfs/fail",
        "\"https://hc.example/gfs{status:/start,,/fail}\", OK, https://hc.example/gfs",
        "\"http://127.0.0.1:8/p?state={status}&series={id}&j={job}\", IN_PROGRESS,"
            + " http://127.0.0.1:8/p?state=in_progress&series="
            + ID
            + "&j=gfs-1"
      })
  void placesAreFilledIn(String template, Status status, String expected) {
    assertThat(filledIn(template, status), equalTo(expected));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "https://h.example/secret/{store}, there is nothing to fill in for {store}",
        "\"https://h.example/secret/{status:a,b}\", \"{status:…} has 2 words, expected three\"",
        "https://h.example/secret/{env:}, {env:…} does not name a variable",
        "ftp://h.example/secret, it is no http or https URL",
        "https:///secret, it is no http or https URL",
        "https://h.example/secret/ and more, it is no http or https URL",
        "https://user:secret@h.example/, \"it is no http or https URL, or has a login\"",
        "https://{env:HOST}/secret, \"it is no http or https URL, or has a login\"",
        "https://h.example/secret%2, it is no http or https URL",
      })
  void whatIsNoSuchUrlIsRefusedAndNotRepeated(String template, String why) {
    var invalid = assertThrows(IllegalArgumentException.class, () -> CheckInUrl.parse(template));

    assertThat(invalid.getMessage(), containsString("Invalid URL of check-ins: " + why));
    assertThat(invalid.getMessage(), not(containsString("secret")));
  }

  @Test
  void variableThatIsNotSetIsNamed() {
    CheckInUrl url = CheckInUrl.parse("https://h.example/{env:ABSENT}");

    var unset =
        assertThrows(
            IllegalArgumentException.class,
            () -> url.of(checkIn(Status.OK), name -> Optional.empty()));

    assertThat(unset.getMessage(), equalTo("ABSENT is not set"));
  }

  @Test
  void bodyHasWhatServicesRead() {
    assertThat(
        checkIn(Status.IN_PROGRESS).json(),
        equalTo(
            """
            {"check_in_id":"0123456789abcdef0123456789abcdef","monitor_slug":"gfs","status":"in_progress",\
            "dataset":"gfs","job":"gfs-1","time":"2026-01-01T06:00:01.500Z"}"""));
    assertThat(
        checkIn(Status.OK).json(),
        equalTo(
            """
            {"check_in_id":"0123456789abcdef0123456789abcdef","monitor_slug":"gfs","status":"ok",\
            "dataset":"gfs","job":"gfs-1","time":"2026-01-01T06:00:01.500Z","begun":"2026-01-01T06:00:00Z",\
            "duration":1.5,"outcome":"published","message":"all is there"}"""));
  }

  @Test
  void idOfAnotherFormIsRefused() {
    var invalid =
        assertThrows(
            IllegalArgumentException.class,
            () -> new CheckIn("ABC", "d", "j", Status.OK, BEGUN, Optional.empty()));

    assertThat(invalid.getMessage(), containsString("'ABC': expected 32 hexadecimal digits"));
  }
}
