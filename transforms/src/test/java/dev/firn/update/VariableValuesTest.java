package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.fields.GridAlignment;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariableValuesTest {
  private static final int ALL_FIT = 1 << 20;

  private final DatasetSpec spec = DatasetParser.parse("tiny", TinyModel.definition());
  private final Region region = new Region(0, 0, 1);
  private final RegionLayout layout =
      new RegionLayout(spec, new RegionJob(new RegionJobKey(0, 0), region, region, List.of()));
  private final MemoryBudget budget = new MemoryBudget(ALL_FIT);

  private GridAlignment sameAxes() {
    return GridAlignment.of(
        spec.rows().values(),
        spec.columns().values(),
        spec.rows().values(),
        spec.columns().values());
  }

  private static float[] counting() {
    float[] field = new float[40];
    for (int point = 0; point < field.length; point++) {
      field[point] = point;
    }
    return field;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6 * Float.BYTES * 7, ALL_FIT})
  void fieldIsCutIntoChunkColumnsInTheHeapAndInAScratchFile(int bytes) throws IOException {
    try (VariableValues values = new VariableValues(layout, new MemoryBudget(bytes))) {
      values.place(1, counting(), sameAxes());

      // chunks are 2 × 3 points: the second row of chunks, the last column of them, two points wide
      float[] column = values.take(1 * 3 + 2).orElseThrow();
      float[] step = Arrays.copyOfRange(column, layout.cells(), 2 * layout.cells());
      assertThat(step, equalTo(new float[] {22, 23, Float.NaN, 30, 31, Float.NaN}));
      assertThat(column[0], equalTo(Float.NaN));
      // the last row of chunks has one row of points
      float[] last = values.take(2 * 3).orElseThrow();
      assertThat(
          Arrays.copyOfRange(last, layout.cells(), 2 * layout.cells()),
          equalTo(new float[] {32, 33, 34, Float.NaN, Float.NaN, Float.NaN}));
      assertThat(values.take(2 * 3), equalTo(Optional.empty()));
    }
  }

  @Test
  void memoryGrowsWithTheFieldsThatArePlaced() throws IOException {
    VariableValues values = new VariableValues(layout, budget);
    values.place(0, new float[40], sameAxes());
    long one = budget.takenBytes();
    values.place(2, new float[40], sameAxes());

    assertThat(one, equalTo((long) layout.chunkColumnCount() * layout.cells() * Float.BYTES));
    assertThat(budget.takenBytes(), equalTo(2 * one));
    for (int column = 0; column < layout.chunkColumnCount(); column++) {
      values.take(column);
    }
    assertThat(budget.takenBytes(), equalTo(0L));
  }

  @Test
  void closedValuesGiveTheirMemoryBackAndTakeNoMore() throws IOException {
    VariableValues values = new VariableValues(layout, budget);
    values.place(0, new float[40], sameAxes());
    assertThat(budget.takenBytes() > 0, equalTo(true));

    values.close();

    assertThat(budget.takenBytes(), equalTo(0L));
    assertThrows(IllegalStateException.class, () -> values.place(1, new float[40], sameAxes()));
  }
}
