package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.ChunkEncoder;
import dev.firn.io.zarr.NodePath;
import dev.firn.update.ArchiveStore.Contribution;
import dev.firn.update.ArchiveStore.Publication;
import dev.firn.update.ArchiveStore.Standing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ArchiveStore} promises. Each step is done on a store that was opened for it
 * alone, as another process would.
 */
abstract class ArchiveStoreContract {
  private static final NodePath WIND = new NodePath("wind");
  private static final int SHARDS_A_POSITION = 4;

  private final Template template = new TinyModel(Path.of("unused")).template();
  private StoreRun first;

  /** Opens the same store every time; there is nothing in it when a test begins. */
  abstract ArchiveStore open() throws IOException;

  @BeforeEach
  void pinWhatTheFirstRunFinds() throws IOException {
    first = run("first", "run-1");
  }

  private interface Step<T> {
    T with(ArchiveStore store) throws IOException;
  }

  private <T> T in(Step<T> step) throws IOException {
    try (ArchiveStore store = open()) {
      return step.with(store);
    }
  }

  private PinnedStore state() throws IOException {
    return in(store -> store.state(StoreRole.PRIMARY, template));
  }

  /** A run that is planned now. */
  private StoreRun run(String job, String runId) throws IOException {
    return new StoreRun(job, runId, state(), false);
  }

  private void setUp(StoreRun run) throws IOException {
    in(
        store -> {
          store.setUp(run);
          return run;
        });
  }

  /** Writes all shards of one position of wind, every value of which is {@code value}. */
  private List<WrittenShard> put(StoreRun run, int position, float value) throws IOException {
    List<WrittenShard> shards = new ArrayList<>();
    for (int number = 0; number < SHARDS_A_POSITION; number++) {
      ObjectPath key = new ObjectPath("c/%d/0/%d/%d".formatted(position, number / 2, number % 2));
      List<ByteBuffer> parts = shard(value);
      ShardCopy copy = in(store -> store.put(run, WIND, key, parts));
      shards.add(new WrittenShard(WIND, key, 1, List.of(copy)));
    }
    return shards;
  }

  private List<ByteBuffer> shard(float value) {
    ChunkEncoder encoder =
        ChunkEncoder.of(template.variable(template.spec().variable(WIND).orElseThrow(), 9));
    float[] values = new float[encoder.chunkBytes() / Float.BYTES];
    Arrays.fill(values, value);
    ByteBuffer chunk = ByteBuffer.allocate(encoder.chunkBytes()).order(ByteOrder.LITTLE_ENDIAN);
    chunk.asFloatBuffer().put(values);
    byte[] encoded = encoder.encodeChunk(chunk);
    return encoder.assemble(Collections.nCopies(8, Optional.of(encoded)));
  }

  /** What a run adds that makes an archive so long. */
  private record Added(
      Template template, long extent, boolean writesMetadata, List<WrittenShard> shards)
      implements Contribution {
    @Override
    public Publication onPinned(StoreRole role) {
      return new Publication(
          template,
          extent,
          new double[(int) extent],
          writesMetadata,
          LedgerChange.none(Optional.empty()),
          shards);
    }

    @Override
    public Publication on(StoreRole role, ArchiveView base, long baseExtent) {
      return new Added(template, Math.max(extent, baseExtent), writesMetadata, shards)
          .onPinned(role);
    }

    @Override
    public void putLedger(StoreRole role, Publication publication) {}
  }

  private Contribution publication(long extent, List<WrittenShard> shards) {
    return new Added(template, extent, true, shards);
  }

  private Standing publish(StoreRun run, Contribution publication) throws IOException {
    in(
        store -> {
          store.prepare(run, publication);
          return run;
        });
    return in(store -> store.publish(run, publication));
  }

  private void cleanUp(StoreRun run) throws IOException {
    in(
        store -> {
          store.cleanUp(run);
          return run;
        });
  }

  /** All steps of a run that adds a position. */
  private void complete(StoreRun run, int position, float value) throws IOException {
    setUp(run);
    assertThat(
        publish(run, publication(position + 1L, put(run, position, value))),
        equalTo(Standing.PUBLISHED));
    cleanUp(run);
  }

  private Optional<Float> value(PinnedStore state, long position) throws IOException {
    return in(
        store ->
            store
                .view(state)
                .chunk(WIND, new long[] {position, 0, 0, 0}, 0)
                .map(chunk -> chunk.order(ByteOrder.LITTLE_ENDIAN).getFloat(0)));
  }

  private Standing standing(StoreRun run, Contribution publication) throws IOException {
    return in(store -> store.standing(run, publication));
  }

  @Test
  void emptyStoreIsAbsent() throws IOException {
    assertThat(state().version(), equalTo(Optional.empty()));
    assertThat(state().extent(), equalTo(0L));
    assertThat(in(store -> store.view(first.pinned()).arrays()), anEmptyMap());
  }

  @Test
  void setUpAndShardsShowReadersNothing() throws IOException {
    setUp(first);
    setUp(first);
    put(first, 0, 7);

    assertThat(state(), equalTo(first.pinned()));
    assertThat(in(store -> store.view(state()).arrays()), anEmptyMap());
  }

  @Test
  void preparedPublicationShowsReadersNothing() throws IOException {
    setUp(first);
    Contribution publication = publication(1, put(first, 0, 7));

    in(
        store -> {
          store.prepare(first, publication);
          store.prepare(first, publication);
          return first;
        });

    assertThat(state(), equalTo(first.pinned()));
    assertThat(standing(first, publication), equalTo(Standing.PINNED));
  }

  @Test
  void publicationShowsExtentCoordinatesAndShards() throws IOException {
    complete(first, 0, 7);

    assertThat(state().extent(), equalTo(1L));
    assertThat(value(state(), 0), equalTo(Optional.of(7f)));
    ArchiveView view = in(store -> store.view(state()));
    assertThat(view.arrays().keySet(), equalTo(template.arrays(1).keySet()));
    assertThat(view.arrays().get(WIND), equalTo(template.arrays(1).get(WIND)));
    assertThat(
        in(store -> store.view(state()).values(new NodePath("latitude"))).toDoubles(),
        equalTo(new double[] {60, 45, 30, 15, 0}));
  }

  @Test
  void publicationIsRecognisedAndNotDoneAgain() throws IOException {
    setUp(first);
    Contribution publication = publication(1, put(first, 0, 7));
    publish(first, publication);
    PinnedStore published = state();

    assertThat(standing(first, publication), equalTo(Standing.PUBLISHED));
    assertThat(publish(first, publication), equalTo(Standing.PUBLISHED));
    assertThat(state(), equalTo(published));
    cleanUp(first);
    cleanUp(first);
    assertThat(standing(first, publication), equalTo(Standing.PUBLISHED));
    assertThat(state(), equalTo(published));
  }

  @Test
  void laterRunGoesOnFromAnEarlierOne() throws IOException {
    complete(first, 0, 7);
    StoreRun second = run("second", "run-2");

    complete(second, 1, 8);

    assertThat(state().extent(), equalTo(2L));
    assertThat(state().version(), not(equalTo(second.pinned().version())));
    assertThat(value(state(), 0), equalTo(Optional.of(7f)));
    assertThat(value(state(), 1), equalTo(Optional.of(8f)));
  }

  @Test
  void runIsRefusedWhenAnotherPublishedMeanwhile() throws IOException {
    StoreRun slow = run("slow", "run-slow");
    setUp(slow);
    Contribution publication = publication(2, put(slow, 1, 8));
    complete(first, 0, 7);
    PinnedStore published = state();

    assertThat(standing(slow, publication), equalTo(Standing.MOVED));
    assertThat(publish(slow, publication), equalTo(Standing.MOVED));
    assertThat(state(), equalTo(published));
  }

  @Test
  void runThatWasPreparedIsRefusedWhenAnotherPublishedSince() throws IOException {
    StoreRun slow = run("slow", "run-slow");
    setUp(slow);
    Contribution publication = publication(2, put(slow, 1, 8));
    in(
        store -> {
          store.prepare(slow, publication);
          return slow;
        });
    complete(first, 0, 7);
    PinnedStore published = state();

    assertThat(in(store -> store.publish(slow, publication)), equalTo(Standing.MOVED));
    assertThat(state(), equalTo(published));
  }

  @Test
  void anotherRunOfTheSameJobBeginsAnew() throws IOException {
    setUp(first);
    Contribution left = publication(1, put(first, 0, 7));
    in(
        store -> {
          store.prepare(first, left);
          return first;
        });
    StoreRun again = run("first", "run-2");

    complete(again, 0, 9);

    assertThat(value(state(), 0), equalTo(Optional.of(9f)));
  }

  @Test
  void shardsAreHeldUntilOneIsNot() throws IOException {
    setUp(first);
    List<WrittenShard> shards = put(first, 0, 7);
    WrittenShard never = new WrittenShard(WIND, new ObjectPath("c/5/0/0/0"), 1, List.of(absent()));

    assertThat(in(store -> store.holdsAll(StoreRole.PRIMARY, shards)), equalTo(true));
    assertThat(in(store -> store.holdsAll(StoreRole.PRIMARY, List.of())), equalTo(true));
    assertThat(in(store -> store.holdsAll(StoreRole.PRIMARY, List.of(never))), equalTo(false));
    List<WrittenShard> mixed = new ArrayList<>(shards);
    mixed.add(never);
    assertThat(in(store -> store.holdsAll(StoreRole.PRIMARY, mixed)), equalTo(false));
  }

  /** A copy that nobody made. */
  abstract ShardCopy absent();

  @Test
  void shardThatWasPutTwiceIsAsGoodAsOnce() throws IOException {
    setUp(first);
    put(first, 0, 7);

    List<WrittenShard> again = put(first, 0, 7);

    assertThat(in(store -> store.holdsAll(StoreRole.PRIMARY, again)), equalTo(true));
    publish(first, publication(1, again));
    assertThat(value(state(), 0), equalTo(Optional.of(7f)));
  }

  @Test
  void copyTellsWhatItReplaces() throws IOException {
    setUp(first);
    List<WrittenShard> shards = put(first, 0, 7);
    publish(first, publication(1, shards));
    cleanUp(first);
    StoreRun second = run("second", "run-2");
    setUp(second);

    ShardCopy copy = put(second, 0, 8).get(0).copy(StoreRole.PRIMARY);

    ShardCopy before = shards.get(0).copy(StoreRole.PRIMARY);
    assertThat(before.replaces(), equalTo(Optional.empty()));
    assertThat(copy.replaces(), equalTo(Optional.of(before.version())));
    assertThat(
        put(second, 1, 8).get(0).copy(StoreRole.PRIMARY).replaces(), equalTo(Optional.empty()));
  }

  @Test
  void shardsAloneAreShownWithoutMetadata() throws IOException {
    complete(first, 0, 7);
    StoreRun second = run("second", "run-2");
    setUp(second);
    Contribution inPlace = new Added(template, 1, false, put(second, 0, 8));

    assertThat(publish(second, inPlace), equalTo(Standing.PUBLISHED));

    assertThat(value(state(), 0), equalTo(Optional.of(8f)));
    assertThat(state().extent(), equalTo(1L));
  }

  @Test
  void publicationThatChangesNoMetadataIsPublishedToo() throws IOException {
    complete(first, 0, 7);
    StoreRun second = run("second", "run-2");
    setUp(second);
    Contribution same = publication(1, put(second, 0, 8));

    assertThat(publish(second, same), equalTo(Standing.PUBLISHED));
    assertThat(publish(second, same), equalTo(Standing.PUBLISHED));

    assertThat(value(state(), 0), equalTo(Optional.of(8f)));
  }
}
