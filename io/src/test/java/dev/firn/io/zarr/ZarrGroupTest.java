package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.io.CorruptInputException;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.CodecSpec.BloscCodec;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ZarrGroupTest {
  private static final GroupMetadata GROUP =
      GroupMetadata.of(JsonNodeFactory.instance.objectNode());
  private static final ArrayMetadata ARRAY =
      ArrayMetadata.builder(DataType.INT16)
          .shape(5)
          .chunkShape(2)
          .codecs(BytesCodec.LITTLE_ENDIAN, BloscCodec.zstd(DataType.INT16))
          .build();

  /** Group {@code g}, array {@code x} in it, array {@code y} beside it, below {@code root}. */
  private static MemoryObjectStore store(ObjectPath root) throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    store.put(root.resolve("zarr.json"), GROUP.toBytes());
    store.put(root.resolve("g/zarr.json"), GROUP.toBytes());
    store.put(root.resolve("g/x/zarr.json"), ARRAY.toBytes());
    store.put(root.resolve("g/x/c/0"), new byte[10]);
    store.put(root.resolve("g/x/c/2"), new byte[20]);
    store.put(root.resolve("y/zarr.json"), ARRAY.toBytes());
    store.put(root.resolve("note.txt"), new byte[3]);
    return store;
  }

  @Test
  void membersComeFromAListingWhereNothingIsConsolidated() throws IOException {
    for (ObjectPath root : List.of(ObjectPath.ROOT, new ObjectPath("a/b.zarr"))) {
      ZarrGroup group = ZarrGroup.open(store(root), root).orElseThrow();

      assertThat(
          List.copyOf(group.members().keySet()),
          equalTo(List.of(new NodePath("g"), new NodePath("y"), new NodePath("g/x"))));
      assertThat(group.members().get(new NodePath("g/x")), equalTo(ARRAY));
    }
  }

  @Test
  void consolidatedMembersAreBelieved() throws IOException {
    SortedMap<NodePath, NodeMetadata> members = new TreeMap<>();
    members.put(new NodePath("y"), ARRAY.withShape(6));
    MemoryObjectStore store = store(ObjectPath.ROOT);
    store.put(new ObjectPath("zarr.json"), GROUP.withConsolidated(members).toBytes());

    ZarrGroup group = ZarrGroup.open(store, ObjectPath.ROOT).orElseThrow();

    assertThat(group.members(), equalTo(members));
    assertThat(group.array(new NodePath("y")).metadata().shape(), equalTo(List.of(6L)));
  }

  @Test
  void summariesCountStoredChunks() throws IOException {
    ObjectPath root = new ObjectPath("b.zarr");

    List<ArraySummary> summaries = ZarrGroup.open(store(root), root).orElseThrow().summaries();

    assertThat(
        summaries,
        equalTo(
            List.of(
                new ArraySummary(new NodePath("y"), ARRAY, 0, 0),
                new ArraySummary(new NodePath("g/x"), ARRAY, 2, 30))));
    assertThat(summaries.get(0).codecs(), equalTo("bytes, blosc(zstd 3, shuffle)"));
  }

  @Test
  void whereNothingIsStoredThereIsNoGroup() throws IOException {
    assertThat(ZarrGroup.open(new MemoryObjectStore(), ObjectPath.ROOT), equalTo(Optional.empty()));
  }

  @Test
  void arraysAreNotOpenedAsGroups() throws IOException {
    MemoryObjectStore store = store(ObjectPath.ROOT);

    CorruptInputException refused =
        assertThrows(CorruptInputException.class, () -> ZarrGroup.open(store, new ObjectPath("y")));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Cannot read group metadata in memory:/y/zarr.json: it is an array, expected a group"));
  }

  @Test
  void unknownMembersAreRefused() throws IOException {
    ZarrGroup group = ZarrGroup.open(store(ObjectPath.ROOT), ObjectPath.ROOT).orElseThrow();

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> group.array(new NodePath("g")));

    assertThat(
        refused.getMessage(),
        equalTo("Cannot open array 'g' of memory:/: the group has none there"));
  }
}
