package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.firn.io.Origin;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RequiredOrderTest {
  private static final Origin ORIGIN = Origin.of("snapshot");
  private static final int HEADER_BYTES = 39;

  private static byte[] snapshot() {
    List<Node> nodes =
        List.of(
            new Node.GroupNode(new NodeId(1), new NodePath("/a"), Bytes.EMPTY),
            new Node.GroupNode(new NodeId(2), new NodePath("/b"), Bytes.EMPTY));
    return new Snapshot(
            SnapshotId.INITIAL,
            Optional.empty(),
            nodes,
            Instant.EPOCH,
            "",
            new TreeMap<>(),
            List.of())
        .toBytes();
  }

  /** The snapshot, not compressed, with its two nodes in the other order. */
  private static byte[] swapped() {
    byte[] file = snapshot();
    FlatBytes content = FileEnvelope.open(file, FileType.SNAPSHOT, ORIGIN).content();
    FlatVector nodes = content.root().pointers(SnapshotFile.NODES);
    int first = content.follow(nodes.position(0));
    int second = content.follow(nodes.position(1));
    ByteBuffer buffer = ByteBuffer.wrap(content.array()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(nodes.position(0), second - nodes.position(0));
    buffer.putInt(nodes.position(1), first - nodes.position(1));
    byte[] swapped = Arrays.copyOf(file, HEADER_BYTES + content.length());
    swapped[HEADER_BYTES - 1] = 0;
    System.arraycopy(content.array(), 0, swapped, HEADER_BYTES, content.length());
    return swapped;
  }

  @Test
  void nodesOutOfOrderAreFound() {
    assertThat(RequiredOrder.ofSnapshot(snapshot(), ORIGIN), is(empty()));
    assertThat(RequiredOrder.ofSnapshot(swapped(), ORIGIN), contains("node /a comes after /b"));
  }
}
