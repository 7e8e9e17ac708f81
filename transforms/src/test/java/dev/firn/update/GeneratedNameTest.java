package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedNameTest {
  private static final String FORM = "[a-z0-9](-?[a-z0-9])*";

  @ParameterizedTest
  @CsvSource({
    "noaa-gfs-forecast, noaa-gfs-forecast",
    "noaa_gfs_forecast, noaa-gfs-forecast",
    "ECMWF IFS.Ensemble, ecmwf-ifs-ensemble",
    "_a__b--c_, a-b-c",
    "0, 0",
    "a23456789-123456789-123456789-123456789-12, a23456789-123456789-123456789-123456789-12",
    "a23456789-123456789-123456789-123456789-123, a23456789-123456789-123456789-12345-b25b9d",
    "a23456789-123456789-123456789-1234-_-6789-1, a23456789-123456789-123456789-1234-6789-1",
    "a23456789-123456789-123456789-1234-6789-123, a23456789-123456789-123456789-1234-24c34f"
  })
  void cronJobs(String text, String name) {
    assertThat(GeneratedName.cronJob(text), equalTo(name));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 11, 100, 1000, 100_000})
  void podsOfJobsFitALabel(int workers) {
    String name = GeneratedName.job("a_very-long__name-".repeat(9), workers);

    assertThat(name, matchesPattern(FORM));
    assertThat(name + "-" + (workers - 1) + "-x7k2p", matchesPattern("[a-z0-9-]{62,63}"));
  }

  @Test
  void cutNameNeverEndsInTwoHyphens() {
    for (int length = 1; length < 80; length++) {
      String text = "a".repeat(length) + "-_-" + "b".repeat(80);

      assertThat(GeneratedName.cronJob(text), matchesPattern(FORM));
      assertThat(GeneratedName.cronJob(text).length(), lessThanOrEqualTo(42));
    }
  }

  @Test
  void namesThatAreCutAlikeDiffer() {
    String same = "x".repeat(70);

    assertThat(GeneratedName.job(same + "a", 4), not(equalTo(GeneratedName.job(same + "b", 4))));
  }

  @Test
  void branchIsTheJobsName() {
    assertThat(GeneratedName.branch("tiny-update-2"), equalTo("_job_tiny-update-2"));
    assertThrows(ConfigurationException.class, () -> GeneratedName.branch("a_b"));
    assertThrows(IllegalArgumentException.class, () -> GeneratedName.cronJob("__"));
  }
}
