package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodePathTest {

  @Test
  void metadataLieBelowTheNode() {
    assertThat(NodePath.ROOT.metadataKey().value(), equalTo("zarr.json"));
    assertThat(new NodePath("a/b").metadataKey().value(), equalTo("a/b/zarr.json"));
  }

  @Test
  void orderIsByDepthThenWithoutRegardToCase() {
    List<String> sorted =
        Stream.of("b", "a/x", "A", "_c", "a", "Z", "a/B")
            .map(NodePath::new)
            .sorted()
            .map(NodePath::value)
            .toList();

    assertThat(sorted, equalTo(List.of("_c", "A", "a", "b", "Z", "a/B", "a/x")));
  }

  @Test
  void pathsWithEmptySegmentsCannotBeBuilt() {
    for (String value : new String[] {"/a", "a/", "a//b", "..", "a/./b"}) {
      assertThrows(IllegalArgumentException.class, () -> new NodePath(value));
    }
  }
}
