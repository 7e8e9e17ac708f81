package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.dataset.ValueSteps;
import dev.firn.fields.Deaccumulation;
import dev.firn.fields.MantissaRounding;
import dev.firn.fields.Scaling;
import dev.firn.fields.SentinelMask;
import dev.firn.io.field.UnitConversion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColumnStepsTest {
  private static final List<Duration> LEADS =
      List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2));

  @Test
  void maskComesBeforeScalingAndRoundingLast() {
    ValueSteps steps =
        new ValueSteps(
            UnitConversion.NONE,
            Optional.of(new SentinelMask(9999)),
            Optional.of(new Scaling(0.5f)),
            Optional.empty(),
            Optional.of(new MantissaRounding(1)));
    float[] values = {9999, 7, 2};

    new ColumnSteps(steps, LEADS, 1).apply(values);

    // 7 × 0.5 = 3.5 has two mantissa bits; with one kept it is halfway to 4, which is even
    assertThat(values, equalTo(new float[] {Float.NaN, 4, 1}));
  }

  @Test
  void everyPositionIsDeaccumulatedByItself() {
    ValueSteps steps =
        new ValueSteps(
            UnitConversion.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new Deaccumulation(Deaccumulation.Kind.ACCUMULATED, Optional.empty(), -0.00007)),
            Optional.empty());
    float[] values = {0, 1, 3, 0, 5, 6};

    Deaccumulation.Counts counts = new ColumnSteps(steps, LEADS, 1).apply(values);

    assertThat(values, equalTo(new float[] {Float.NaN, 1, 2, Float.NaN, 5, 1}));
    assertThat(counts.total(), equalTo(6L));
  }
}
