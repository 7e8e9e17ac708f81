package dev.firn.io.icechunk.maintenance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.firn.io.icechunk.format.ChunkId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkIdMapTest {
  @Test
  void manyIdsKeepTheirNumbers() {
    Random random = new Random(1);
    Map<ChunkId, Long> expected = new HashMap<>();
    ChunkIdMap map = new ChunkIdMap();
    for (int i = 0; i < 10_000; i++) {
      ChunkId id = new ChunkId(random.nextInt(100), random.nextInt(100));
      expected.put(id, (long) i);
      map.put(id, i);
    }

    assertThat(map.size(), is(expected.size()));
    expected.forEach((id, number) -> assertThat(map.get(id), equalTo(OptionalLong.of(number))));
    assertThat(map.get(new ChunkId(100, 0)), equalTo(OptionalLong.empty()));
  }
}
