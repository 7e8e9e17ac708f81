package dev.firn.fields;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.fields.Deaccumulation.Counts;
import dev.firn.fields.Deaccumulation.Kind;
import dev.firn.fields.Deaccumulation.Tolerance;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeaccumulationTest {
  private static final Optional<Duration> NEVER = Optional.empty();
  private static final Optional<Duration> SIX_HOURLY = Optional.of(Duration.ofHours(6));

  /** Inputs in parentheses are those of skipped steps. */
  @ParameterizedTest(name = "{0}: {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          six-hourly | 0 1 2 3 4 5 6 7 | 0 3600 7200 10800 14400 18000 21600 1800 | NaN 1 1 1 1 1 1 0.5 | hourly
          never      | 0 1 2 3         | 5 3600 3599.9 3000        | NaN 1 0 NaN     | glitches, small and large
          never      | 0 1 2 3 4       | 0 3600 NaN 10800 14400    | NaN 1 NaN NaN 1 | NaN poisons the next step
          never      | 1 2 3 4         | 2 3602 7202 21602         | NaN 1 1 4       | first value is the baseline
          means      | 0 1 2 3         | 0 10 20 20                | NaN 10 30 20    | running mean
          six-hourly | 0 3 6 9 12      | 0 (99) 21600 (99) 43200   | NaN 99 1 99 2   | skipped steps
          six-hourly | 0 3 6 9         | 0 10800 NaN 10800         | NaN 1 NaN 1     | reset ends the poison
          never      | 1 2 3           | NaN 3600 7200             | NaN NaN 1       | NaN baseline
          never      | 0 1 2           | NaN 3600 7200             | NaN 1 1         | NaN at second 0
          never      | 1 2 3           | (2) 3602 7202             | NaN 1 1         | first is never skipped
          six-hourly | 3 6 9           | 10800 (99) 32400          | NaN 99 1        | skipped reset resets nothing
          six-hourly | 6 9 12 18       | 7 10800 43200 21600       | NaN 1 3 1       | uneven steps
          means      | 119 120         | 100 101                   | NaN 220         | running mean at long lead
          never      | 0               | 8                         | NaN             | one step
          """)
  void vectorGivesItsRates(
      String rule, String hours, String inputs, String expectedRates, String name) {
    float[] values = floats(inputs.replaceAll("[()]", ""));
    boolean[] skipped = flags(inputs);

    rule(rule).apply(values, seconds(hours), skipped);

    assertThat(name, values, equalTo(floats(expectedRates)));
  }

  @Test
  void moreNegativeRatesThanAreToleratedAreTold() {
    Tolerance tolerance = new Tolerance(0.05, 0.01);

    assertThat(tolerance.covers(new Counts(5, 1, 100)), equalTo(true));
    assertThat(tolerance.covers(new Counts(6, 0, 100)), equalTo(false));
    assertThat(tolerance.covers(new Counts(0, 2, 100)), equalTo(false));
    assertThat(Tolerance.USUAL.covers(new Counts(0, 1, 1_000_000)), equalTo(false));
    assertThat(
        refusal(() -> new Tolerance(1.5, 0)),
        equalTo("Invalid tolerance of negative rates: 1.5 and 0.0, expected shares from 0 to 1"));
  }

  @Test
  void negativeRatesAreCountedByWhatBecomesOfThem() {
    float[] values = floats("5 5  3600 0  3599.9 -1  3000 NaN");

    Counts counts = rule("never").apply(values, seconds("0 1 2 3"), new boolean[4]);

    assertThat(values, equalTo(floats("NaN NaN  1 0  0 NaN  NaN NaN")));
    assertThat(counts, equalTo(new Counts(1, 2, 8)));
  }

  @Test
  void rateAtTheThresholdIsInvalidAndZeroRateIsNot() {
    float[] values = floats("0 0  50 -50  50 -99");

    Counts counts =
        new Deaccumulation(Kind.ACCUMULATED, NEVER, -50)
            .apply(values, new double[] {0, 1, 2}, new boolean[3]);

    assertThat(values, equalTo(floats("NaN NaN  50 NaN  0 0")));
    assertThat(counts, equalTo(new Counts(1, 1, 6)));
  }

  @Test
  void countsAddUp() {
    assertThat(new Counts(1, 2, 3).plus(new Counts(10, 20, 30)), equalTo(new Counts(11, 22, 33)));
  }

  @Test
  void stepWithoutCellsHasNoRates() {
    Counts counts = rule("never").apply(new float[0], seconds("0 1"), new boolean[2]);

    assertThat(counts, equalTo(new Counts(0, 0, 0)));
  }

  @Test
  void resetsAreMultiplesOfThePeriodOrOnlySecondZero() {
    double[] seconds = seconds("0 1 6 9 12");

    assertThat(
        rule("six-hourly").resets(seconds),
        equalTo(new boolean[] {true, false, true, false, true}));
    assertThat(
        rule("never").resets(seconds), equalTo(new boolean[] {true, false, false, false, false}));
  }

  @ParameterizedTest
  @CsvSource({
    "six-hourly, 0, 0",
    "six-hourly, 1, 1", // step 0 is a reset
    "six-hourly, 2, 1 2",
    "six-hourly, 3, 3", // step 2 is a reset
    "six-hourly, 4, 4", // is skipped
    "six-hourly, 5, 3 5",
    "never, 0, 0",
    "never, 1, 1",
    "never, 3, 2 3",
    "never, 5, 3 5",
  })
  void stepDependsOnItselfAndOnItsBaseline(String rule, int step, String expected) {
    boolean[] skipped = {false, false, false, false, true, false};

    int[] inputs = rule(rule).inputsOf(step, seconds("0 3 6 9 12 15"), skipped);

    assertThat(
        inputs, equalTo(Stream.of(expected.split(" ")).mapToInt(Integer::parseInt).toArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"six-hourly", "never", "means"})
  void changingAnyOtherInputLeavesTheRateOfAStepAlone(String rule) {
    double[] seconds = seconds("0 3 6 9 12 15");
    boolean[] skipped = flags("0 0 0 (0) 0 0");
    float[] before = floats("0 10800 21600 32400 43200 54000");
    for (int changed = 0; changed < 6; changed++) {
      float[] original = before.clone();
      float[] altered = before.clone();
      altered[changed] += 1000;

      rule(rule).apply(original, seconds, skipped);
      rule(rule).apply(altered, seconds, skipped);

      for (int step = 1; step < 6; step++) {
        int changedStep = changed;
        int[] inputs = rule(rule).inputsOf(step, seconds, skipped);
        boolean depends = Arrays.stream(inputs).anyMatch(i -> i == changedStep);
        assertThat(step + " on " + changed, original[step] != altered[step], equalTo(depends));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-01T06:00:00Z, 6, 0",
    "2024-05-01T07:30:00Z, 6, 5400",
    "2024-05-01T07:30:00Z, 1, 1800",
    "1969-12-31T23:00:00Z, 6, 18000",
  })
  void timestampsCountFromTheResetAtOrBeforeTheFirst(Instant first, int hours, double expected) {
    long[] times = {first.getEpochSecond(), first.getEpochSecond() + 3600};

    double[] seconds = Deaccumulation.stepSeconds(times, Optional.of(Duration.ofHours(hours)));

    assertThat(seconds, equalTo(new double[] {expected, expected + 3600}));
  }

  @Test
  void timestampsWithoutResetCountFrom1970SoThatTheFirstIsTheBaseline() {
    double[] seconds = Deaccumulation.stepSeconds(new long[] {1_714_521_600, 1_714_525_200}, NEVER);

    assertThat(seconds, equalTo(new double[] {1_714_521_600, 1_714_525_200}));
    assertThat(rule("never").resets(seconds), equalTo(new boolean[] {false, false}));
    assertThat(Deaccumulation.stepSeconds(new long[0], SIX_HOURLY).length, equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1H", "PT1.5S"})
  void periodsThatAreNotWholeSecondsAreRefused(Duration period) {
    String message = "Invalid reset period: " + period + ", expected whole seconds, at least one";

    assertThat(
        refusal(() -> new Deaccumulation(Kind.ACCUMULATED, Optional.of(period), -1)),
        equalTo(message));
    assertThat(
        refusal(() -> Deaccumulation.stepSeconds(new long[] {0}, Optional.of(period))),
        equalTo(message));
  }

  @Test
  void rulesWithoutMeaningAreRefused() {
    assertThat(
        refusal(() -> new Deaccumulation(Kind.ACCUMULATED, NEVER, 7e-5)),
        equalTo("Invalid threshold of negative rates: 7.0E-5, expected 0 or less"));
    assertThat(
        refusal(() -> new Deaccumulation(Kind.RUNNING_MEAN, SIX_HOURLY, -50)),
        equalTo(
            "Cannot deaccumulate running means that reset every PT6H:"
                + " only means since second 0 have a rate"));
  }

  @Test
  void stepsThatDoNotFitTheValuesAreRefused() {
    Deaccumulation rule = rule("never");

    assertThat(
        refusal(() -> rule.apply(new float[5], seconds("0 1"), new boolean[2])),
        equalTo("Cannot divide 5 values into 2 equal steps"));
    assertThat(
        refusal(() -> rule.apply(new float[0], new double[0], new boolean[0])),
        equalTo("Cannot divide 0 values into 0 equal steps"));
    assertThat(
        refusal(() -> rule.apply(new float[4], seconds("0 1"), new boolean[1])),
        equalTo("Cannot deaccumulate: 1 skip flags, 2 steps"));
    assertThat(
        refusal(() -> rule.apply(new float[6], seconds("0 1 1"), new boolean[3])),
        equalTo("Cannot deaccumulate: step 2 at 3600.0 s is not after step 1 at 3600.0 s"));
  }

  private static Deaccumulation rule(String name) {
    return switch (name) {
      case "six-hourly" -> new Deaccumulation(Kind.ACCUMULATED, SIX_HOURLY, -7e-5);
      case "never" -> new Deaccumulation(Kind.ACCUMULATED, NEVER, -7e-5);
      case "means" -> new Deaccumulation(Kind.RUNNING_MEAN, NEVER, -7e-5);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String refusal(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static double[] seconds(String hours) {
    return Stream.of(hours.split(" "))
        .mapToDouble(hour -> 3600 * Double.parseDouble(hour))
        .toArray();
  }

  private static float[] floats(String words) {
    String[] parts = words.split(" +");
    float[] floats = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      floats[i] = Float.parseFloat(parts[i]);
    }
    return floats;
  }

  private static boolean[] flags(String words) {
    String[] parts = words.split(" +");
    boolean[] flags = new boolean[parts.length];
    for (int i = 0; i < parts.length; i++) {
      flags[i] = parts[i].startsWith("(");
    }
    return flags;
  }
}
