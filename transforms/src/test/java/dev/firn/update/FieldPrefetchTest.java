package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.VariableSpec;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldPrefetchTest {
  private static final FileVersion VERSION =
      new FileVersion(1 << 20, Optional.empty(), Optional.empty());
  private static final DatasetSpec SPEC = DatasetParser.parse("tiny", TinyModel.definition());

  /** A variable's field in a file: {@code bytes} long, and after those of the variables before. */
  private static FieldRef ref(int variable, int file, int bytes) {
    VariableSpec wanted = SPEC.variables().get(variable);
    SourceStep step = new SourceStep(Instant.EPOCH, Duration.ZERO, 0);
    String url = "s3://b/" + file;
    return new FieldRef(
        wanted,
        step,
        wanted.sources(),
        new SourceFile(List.of(url), List.of(step), List.of(wanted.path())),
        url,
        VERSION,
        Optional.of(new ByteRange(variable * 1000L, bytes)));
  }

  /** Each variable's fields in all files. */
  private static List<List<FieldRef>> refs(int variables, int files, int bytes) {
    return IntStream.range(0, variables)
        .mapToObj(
            variable ->
                IntStream.range(0, files).mapToObj(file -> ref(variable, file, bytes)).toList())
        .toList();
  }

  private static List<FieldRef> inOrder(Collection<List<FieldRef>> variables) {
    return variables.stream().flatMap(List::stream).toList();
  }

  private static List<List<Integer>> allTogether(String url, List<ByteRange> ranges) {
    return List.of(IntStream.range(0, ranges.size()).boxed().toList());
  }

  private static List<String> names(List<List<FieldRef>> groups) {
    return groups.stream()
        .map(
            group ->
                group.stream()
                    .map(ref -> ref.variable().path() + ref.url().substring(7))
                    .toList()
                    .toString())
        .toList();
  }

  @Test
  void fieldsOfAFileAreFetchedTogetherWhereTheyFit() {
    List<List<FieldRef>> groups =
        FetchGroups.of(refs(3, 2, 10), FieldPrefetchTest::allTogether, 40);

    assertThat(
        names(groups),
        contains("[temperature0, wind0]", "[temperature1, wind1]", "[pressure0]", "[pressure1]"));
  }

  @Test
  void fieldsOfAVariableThatDoNotFitAreFetchedOneByOne() {
    List<List<FieldRef>> groups =
        FetchGroups.of(refs(2, 2, 10), FieldPrefetchTest::allTogether, 15);

    assertThat(names(groups), contains("[temperature0]", "[temperature1]", "[wind0]", "[wind1]"));
  }

  @Test
  void groupsComeInTheOrderOfTheirFirstUse() {
    List<List<FieldRef>> groups =
        FetchGroups.of(refs(3, 2, 10), (url, ranges) -> List.of(List.of(1), List.of(2, 0)), 1000);

    assertThat(
        names(groups),
        contains("[temperature0, pressure0]", "[temperature1, pressure1]", "[wind0]", "[wind1]"));
  }

  @Test
  void fetchesAreBegunInOrderAndOnlyWhenThereIsRoom() throws IOException {
    Queue<Runnable> begun = new ArrayDeque<>();
    List<String> fetched = new ArrayList<>();
    List<List<FieldRef>> refs = refs(2, 3, 10);
    FieldPrefetch prefetch =
        new FieldPrefetch(
            inOrder(refs),
            FetchGroups.of(refs, FieldPrefetchTest::allTogether, 60),
            group -> fetched(group, fetched),
            begun::add,
            50);

    assertThat(begun.size(), equalTo(2));
    begun.forEach(Runnable::run);
    begun.clear();
    FieldPrefetch.Coming first = prefetch.next();

    assertThat(first.await().ref(), equalTo(refs.get(0).get(0)));
    prefetch.used(first.ref());

    assertThat(begun.size(), equalTo(1));
    begun.forEach(Runnable::run);
    assertThat(fetched, contains("s3://b/0", "s3://b/1", "s3://b/2"));
  }

  private static List<FetchedField> fetched(List<FieldRef> group, List<String> log) {
    log.add(group.get(0).url());
    return group.stream().map(ref -> FetchedField.of(ref, new byte[1])).toList();
  }

  @Test
  void aMessageThatIsLongerThanAllThatMayBeHeldComesAlone() throws IOException {
    List<List<FieldRef>> refs = refs(1, 3, 100);
    FieldPrefetch prefetch =
        new FieldPrefetch(
            inOrder(refs),
            FetchGroups.of(refs, FieldPrefetchTest::allTogether, 5),
            group -> fetched(group, new ArrayList<>()),
            Runnable::run,
            10);

    for (FieldRef ref : refs.get(0)) {
      FieldPrefetch.Coming coming = prefetch.next();
      assertThat(coming.await().ref(), equalTo(ref));
      prefetch.used(ref);
    }
  }

  /** Of any sizes, divided anyhow, used by several threads: what would block would hang here. */
  @Test
  void fieldsUsedInOrderAllComeAndNeverAreMoreHeld() throws Exception {
    ExecutorService fetchThreads = Executors.newFixedThreadPool(8);
    ExecutorService useThreads = Executors.newFixedThreadPool(2);
    Random random = new Random(8);
    try {
      for (int round = 0; round < 60; round++) {
        List<List<FieldRef>> refs = new ArrayList<>();
        int files = 1 + random.nextInt(40);
        for (int variable = 0; variable < 4; variable++) {
          List<FieldRef> fields = new ArrayList<>();
          for (int file = 0; file < files; file++) {
            if (random.nextInt(5) > 0) {
              fields.add(ref(variable, file, 1 + random.nextInt(100)));
            }
          }
          refs.add(fields);
        }
        useAll(refs, 101 + random.nextInt(3000), fetchThreads, useThreads);
      }
    } finally {
      fetchThreads.shutdownNow();
      useThreads.shutdownNow();
    }
  }

  private static void useAll(
      List<List<FieldRef>> refs,
      int mostBytes,
      ExecutorService fetchThreads,
      ExecutorService useThreads)
      throws Exception {
    AtomicLong held = new AtomicLong();
    FieldPrefetch prefetch =
        new FieldPrefetch(
            inOrder(refs),
            FetchGroups.of(refs, FieldPrefetchTest::inPairs, mostBytes / 2),
            group -> slowly(group, held, mostBytes),
            fetchThreads,
            mostBytes);
    for (List<FieldRef> variable : refs) {
      List<Future<FieldRef>> uses = new ArrayList<>();
      for (int field = 0; field < variable.size(); field++) {
        FieldPrefetch.Coming coming = prefetch.next();
        uses.add(useThreads.submit(() -> use(prefetch, coming, held)));
      }
      for (int field = 0; field < variable.size(); field++) {
        assertThat(uses.get(field).get(), equalTo(variable.get(field)));
      }
    }
  }

  private static List<List<Integer>> inPairs(String url, List<ByteRange> ranges) {
    return IntStream.range(0, (ranges.size() + 1) / 2)
        .mapToObj(
            pair ->
                IntStream.range(2 * pair, Math.min(2 * pair + 2, ranges.size())).boxed().toList())
        .toList();
  }

  private static FieldRef use(FieldPrefetch prefetch, FieldPrefetch.Coming coming, AtomicLong held)
      throws IOException {
    FieldRef ref = coming.await().ref();
    held.addAndGet(-ref.bytes());
    prefetch.used(ref);
    return ref;
  }

  private static List<FetchedField> slowly(List<FieldRef> group, AtomicLong held, long mostBytes) {
    long bytes = group.stream().mapToLong(ref -> ref.bytes()).sum();
    assertThat(held.addAndGet(bytes), lessThanOrEqualTo(mostBytes));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(100_000));
    return group.stream().map(ref -> FetchedField.of(ref, new byte[1])).toList();
  }
}
