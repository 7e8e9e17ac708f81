package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.dataset.DatasetParser;
import org.junit.jupiter.api.Test;

class RegionMemoryTest {

  @Test
  void valuesAreGatheredInWholeChunks() {
    RegionMemory memory = RegionMemory.of(DatasetParser.parse("tiny.json", TinyModel.definition()));

    assertThat(memory.gatheredBytes(), equalTo(4L * 6 * 9 * Float.BYTES));
    assertThat(memory.perThreadBytes(), equalTo((4L * 2 * 3 + 2 * 2 * 2 * 3) * Float.BYTES));
    assertThat(memory.shardBytes(), equalTo(4L * 4 * 6 * Float.BYTES));
  }
}
