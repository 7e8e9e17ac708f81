package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ColumnBufferTest {
  @Test
  void valuesThatWerePutComeBackAndTheRestIsMissing() throws IOException {
    for (long budget : new long[] {0, 1000}) {
      ColumnBuffer buffer = ColumnBuffer.allocate(5, new MemoryBudget(budget));

      buffer.put(1, new float[] {9, 1, 2, 9}, 1, 2);

      assertThat(buffer.values(), equalTo(new float[] {Float.NaN, 1, 2, Float.NaN, Float.NaN}));
    }
  }

  @Test
  void whatDoesNotFitTheBudgetGoesIntoAScratchFile() throws IOException {
    MemoryBudget budget = new MemoryBudget(30);

    ColumnBuffer first = ColumnBuffer.allocate(5, budget);
    ColumnBuffer second = ColumnBuffer.allocate(5, budget);
    first.release();
    ColumnBuffer third = ColumnBuffer.allocate(5, budget);

    assertThat(first, instanceOf(ColumnBuffer.Heap.class));
    assertThat(second, instanceOf(ColumnBuffer.Mapped.class));
    assertThat(third, instanceOf(ColumnBuffer.Heap.class));
    assertThat(budget.takenBytes(), equalTo(20L));
  }
}
