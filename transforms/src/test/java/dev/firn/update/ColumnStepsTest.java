package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.ValueSteps;
import dev.firn.dataset.VariableSpec;
import dev.firn.fields.Deaccumulation;
import dev.firn.fields.MantissaRounding;
import dev.firn.fields.Scaling;
import dev.firn.fields.SentinelMask;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.zarr.NodePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColumnStepsTest {
  /** Two forecasts of four lead times, 3 h apart, in one region; one point a chunk. */
  private static final DatasetSpec SPEC = spec();

  private static DatasetSpec spec() {
    ObjectNode tiny = TinyModel.definition();
    for (String sizes : List.of("chunks", "shards")) {
      ((ObjectNode) tiny.get(sizes))
          .put("init_time", 2)
          .put("lead_time", 4)
          .put("latitude", 1)
          .put("longitude", 1);
    }
    return DatasetParser.parse("tiny", tiny);
  }

  private static Deaccumulation.Counts apply(ValueSteps steps, float[] values) {
    Region region = new Region(0, 0, 2);
    RegionJob job = new RegionJob(new RegionJobKey(0, 0), region, region, List.of());
    VariableSpec variable = SPEC.variable(new NodePath("rain")).orElseThrow();
    StepLines lines = StepLines.of(new RegionLayout(SPEC, job), variable, SPEC.append()::at);
    return new ColumnSteps(steps, lines).apply(values);
  }

  @Test
  void maskComesBeforeScalingAndRoundingLast() {
    ValueSteps steps =
        new ValueSteps(
            UnitConversion.NONE,
            Optional.of(new SentinelMask(9999)),
            Optional.of(new Scaling(0.5f)),
            Optional.empty(),
            false,
            Optional.of(new MantissaRounding(1)));
    float[] values = {9999, 7, 2, 0, 0, 0, 0, 0};

    apply(steps, values);

    // 7 × 0.5 = 3.5 has two mantissa bits; with one kept it is halfway to 4, which is even
    assertThat(values, equalTo(new float[] {Float.NaN, 4, 1, 0, 0, 0, 0, 0}));
  }

  @Test
  void everyForecastIsDeaccumulatedByItself() {
    ValueSteps steps =
        new ValueSteps(
            UnitConversion.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new Deaccumulation(Deaccumulation.Kind.ACCUMULATED, Optional.empty(), -0.00007)),
            false,
            Optional.empty());
    float hours = 3 * 3600;
    float[] values = {0, hours, 3 * hours, 3 * hours, 0, 5 * hours, 6 * hours, 8 * hours};

    Deaccumulation.Counts counts = apply(steps, values);

    assertThat(values, equalTo(new float[] {Float.NaN, 1, 2, 0, Float.NaN, 5, 1, 2}));
    assertThat(counts.total(), equalTo(8L));
  }
}
