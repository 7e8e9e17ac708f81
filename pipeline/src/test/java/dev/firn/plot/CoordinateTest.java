package dev.firn.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.ConfigurationException;
import org.junit.jupiter.api.Test;

class CoordinateTest {
  private static final Coordinate TIMES =
      Coordinate.of(
          "init_time",
          new double[] {1767225600, 1767247200},
          units("seconds since 1970-01-01 00:00:00"));
  private static final Coordinate LEADS =
      Coordinate.of("lead_time", new double[] {0, 3, 120}, units("hours"));
  private static final Coordinate LEVELS =
      Coordinate.of("level", new double[] {1000, 850.5}, units("hPa"));

  private static ObjectNode units(String units) {
    return JsonNodeFactory.instance.objectNode().put("units", units);
  }

  @Test
  void timesAreFoundHoweverShortTheyAreWritten() {
    assertThat(TIMES.indexOf("2026-01-01"), equalTo(0));
    assertThat(TIMES.indexOf("2026-01-01T06"), equalTo(1));
    assertThat(TIMES.indexOf("2026-01-01 06:00"), equalTo(1));
    assertThat(TIMES.indexOf("2026-01-01T06:00:00Z"), equalTo(1));
    assertThat(TIMES.label(1), equalTo("2026-01-01 06:00 UTC"));
  }

  @Test
  void durationsAreFoundInAnyUnit() {
    assertThat(LEADS.indexOf("3h"), equalTo(1));
    assertThat(LEADS.indexOf("180m"), equalTo(1));
    assertThat(LEADS.indexOf("5d"), equalTo(2));
    assertThat(LEADS.label(2), equalTo("120 h"));
  }

  @Test
  void numbersAreFoundByValueOrIndex() {
    assertThat(LEVELS.indexOf("850.5"), equalTo(1));
    assertThat(LEVELS.indexOf("1000.0"), equalTo(0));
    assertThat(LEVELS.indexOf("1"), equalTo(1));
    assertThat(LEVELS.indexOf("-2"), equalTo(0));
    assertThat(LEVELS.label(1), equalTo("level 850.5"));
  }

  @Test
  void whatIsNotThereIsExplained() {
    assertThat(
        message(TIMES, "2026-01-02"),
        equalTo(
            "Invalid value '2026-01-02' of init_time: it goes from 2026-01-01 00:00 UTC to"
                + " 2026-01-01 06:00 UTC"));
    assertThat(message(LEVELS, "2"), equalTo("Invalid index 2 of level: it has 2 values"));
    assertThat(
        message(LEVELS, "high"),
        equalTo("Invalid value 'high' of level: it goes from level 1000.0 to level 850.5"));
  }

  private static String message(Coordinate coordinate, String text) {
    return assertThrows(ConfigurationException.class, () -> coordinate.indexOf(text)).getMessage();
  }
}
