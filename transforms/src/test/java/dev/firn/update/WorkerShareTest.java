package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerShareTest {
  private static List<Integer> jobs(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static void assertDivided(
      int jobs, int total, Function<WorkerShare, List<Integer>> division) {
    List<Integer> all = new ArrayList<>();
    for (int index = 0; index < total; index++) {
      List<Integer> share = division.apply(new WorkerShare(index, total));
      assertThat(share.size(), greaterThanOrEqualTo(jobs / total));
      assertThat(share.size(), lessThanOrEqualTo((jobs + total - 1) / total));
      all.addAll(share);
    }
    assertThat(
        jobs + " among " + total, all, containsInAnyOrder(jobs(jobs).toArray(Integer[]::new)));
  }

  @Test
  void everyJobIsInOneShareAndSharesAreAsEqualAsCanBe() {
    for (int jobs = 0; jobs < 40; jobs++) {
      int count = jobs;
      for (int total = 1; total < 12; total++) {
        assertDivided(count, total, share -> share.spread(jobs(count)));
        assertDivided(count, total, share -> share.contiguous(jobs(count)));
      }
    }
  }

  @Test
  void workersThatBeginTogetherAreFarApart() {
    List<Integer> first =
        IntStream.range(0, 4)
            .mapToObj(index -> new WorkerShare(index, 4).spread(jobs(16)).get(0))
            .toList();

    assertThat(first, contains(0, 8, 4, 12));
    assertThat(new WorkerShare(0, 1).spread(jobs(8)), contains(0, 4, 2, 6, 1, 5, 3, 7));
    assertThat(new WorkerShare(1, 3).spread(jobs(7)), contains(4, 1));
  }

  @Test
  void contiguousSharesAreBlocksInOrder() {
    assertThat(new WorkerShare(1, 3).contiguous(jobs(8)), contains(2, 3, 4));
  }

  @Test
  void shareMayBeEmpty() {
    assertThat(new WorkerShare(4, 5).spread(jobs(4)), empty());
    assertThat(new WorkerShare(0, 5).contiguous(jobs(4)), empty());
    assertThat(new WorkerShare(0, 1).spread(jobs(0)), empty());
    assertThat(new WorkerShare(0, 2).spread(jobs(1)), contains(0));
  }

  @Test
  void workerThatIsNotThereIsRefused() {
    var invalid = assertThrows(ConfigurationException.class, () -> new WorkerShare(3, 3));

    assertThat(invalid.getMessage(), containsString("Invalid worker 3 of 3"));
    assertThat(
        assertThrows(ConfigurationException.class, () -> new WorkerShare(-1, 3)).getMessage(),
        equalTo(
            "Invalid worker -1 of 3: expected an index from 0 to the number of workers less 1"));
  }
}
