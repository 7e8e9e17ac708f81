package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.VariableSpec;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldPrefetchTest {
  private static final FileVersion VERSION = new FileVersion(5, Optional.empty(), Optional.empty());

  private final VariableSpec variable =
      DatasetParser.parse("tiny", TinyModel.definition()).variables().get(0);

  private List<FieldRef> refs(int count) {
    return IntStream.range(0, count).mapToObj(number -> ref(number)).toList();
  }

  private FieldRef ref(int number) {
    SourceStep step = new SourceStep(Instant.EPOCH, Duration.ZERO, 0);
    SourceFile file = new SourceFile(List.of("s3://b/f"), List.of(step), List.of(variable.path()));
    return new FieldRef(
        variable,
        step,
        variable.sources(),
        file,
        "s3://b/f",
        VERSION,
        Optional.of(new ByteRange(number, 1)));
  }

  @Test
  void fetchesAreBegunInOrderAndOnlyWhenThereIsRoom() {
    Queue<Runnable> begun = new ArrayDeque<>();
    List<Long> fetched = new ArrayList<>();
    FieldPrefetch prefetch =
        new FieldPrefetch(refs(5), ref -> fetched(ref, fetched), begun::add, 2);

    assertThat(begun.size(), equalTo(2));
    begun.forEach(Runnable::run);
    begun.clear();
    prefetch.used();

    assertThat(begun.size(), equalTo(1));
    begun.forEach(Runnable::run);
    assertThat(fetched, contains(0L, 1L, 2L));
  }

  private static FetchedField fetched(FieldRef ref, List<Long> log) {
    log.add(ref.range().orElseThrow().offset());
    return FetchedField.of(ref, new byte[1]);
  }

  @Test
  void fieldsUsedInOrderAllCome() throws Exception {
    ExecutorService fetchThreads = Executors.newFixedThreadPool(8);
    ExecutorService useThreads = Executors.newFixedThreadPool(2);
    try {
      FieldPrefetch prefetch =
          new FieldPrefetch(refs(2000), FieldPrefetchTest::slowly, fetchThreads, 9);
      for (int batch = 0; batch < 20; batch++) {
        List<Future<Long>> uses = new ArrayList<>();
        for (int field = 0; field < 100; field++) {
          Future<FetchedField> next = prefetch.next();
          uses.add(useThreads.submit(() -> use(prefetch, next)));
        }
        for (int field = 0; field < 100; field++) {
          assertThat(uses.get(field).get(), equalTo(batch * 100L + field));
        }
      }
    } finally {
      fetchThreads.shutdownNow();
      useThreads.shutdownNow();
    }
  }

  private static long use(FieldPrefetch prefetch, Future<FetchedField> next) throws Exception {
    long offset = next.get().ref().range().orElseThrow().offset();
    prefetch.used();
    return offset;
  }

  private static FetchedField slowly(FieldRef ref) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(100_000));
    return FetchedField.of(ref, new byte[1]);
  }
}
