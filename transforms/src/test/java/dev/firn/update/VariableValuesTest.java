package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.fields.GridAlignment;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VariableValuesTest {
  private final DatasetSpec spec = DatasetParser.parse("tiny", TinyModel.definition());
  private final RegionLayout layout = new RegionLayout(spec, new Region(0, 0, 1));
  private final MemoryBudget budget = new MemoryBudget(1 << 20);
  private final VariableValues values = new VariableValues(layout, budget);

  private GridAlignment sameAxes() {
    return GridAlignment.of(
        spec.rows().values(),
        spec.columns().values(),
        spec.rows().values(),
        spec.columns().values());
  }

  @Test
  void fieldIsScatteredIntoChunkColumns() throws IOException {
    float[] field = new float[40];
    for (int point = 0; point < field.length; point++) {
      field[point] = point;
    }

    values.place(1, field, sameAxes());

    // chunks are 2 × 3 points: the second row of chunks, the last column of chunks, two points wide
    float[] column = values.take(1 * 3 + 2).orElseThrow().values();
    float[] step = Arrays.copyOfRange(column, layout.cells(), 2 * layout.cells());
    assertThat(step, equalTo(new float[] {22, 23, Float.NaN, 30, 31, Float.NaN}));
    assertThat(column[0], equalTo(Float.NaN));
  }

  @Test
  void releasedValuesGiveTheirMemoryBackAndTakeNoMore() throws IOException {
    values.place(0, new float[40], sameAxes());
    assertThat(budget.takenBytes() > 0, equalTo(true));

    values.release();

    assertThat(budget.takenBytes(), equalTo(0L));
    assertThrows(IllegalStateException.class, () -> values.place(1, new float[40], sameAxes()));
  }
}
