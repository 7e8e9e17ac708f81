package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodePathTest {
  @Test
  void snapshotsAreInTheOrderOfBytes() {
    List<String> sorted =
        List.of("/", "/a", "/a-b", "/a/b", "/ab", "/b", "/\uFF5E", "/\uD83E\uDDCA");

    assertThat(
        sorted.stream().map(NodePath::new).sorted().map(NodePath::value).toList(), is(sorted));
  }

  @Test
  void movesAreInTheOrderOfSegments() {
    List<String> sorted = List.of("/a", "/a/b", "/a-b", "/aa", "/ab", "/b");

    assertThat(
        Stream.of("/b", "/a-b", "/a/b", "/aa", "/ab", "/a")
            .map(NodePath::new)
            .sorted(NodePath.BY_SEGMENT)
            .map(NodePath::value)
            .toList(),
        is(sorted));
  }

  @Test
  void aPathKnowsItsGroupAndName() {
    NodePath path = NodePath.ROOT.resolve("a").resolve("b");

    assertThat(path.value(), is("/a/b"));
    assertThat(path.name(), is("b"));
    assertThat(path.parent(), is(Optional.of(new NodePath("/a"))));
    assertThat(path.parent().orElseThrow().parent(), is(Optional.of(NodePath.ROOT)));
    assertThat(NodePath.ROOT.parent(), is(Optional.empty()));
    assertThat(path.isWithin(new NodePath("/a")), is(true));
    assertThat(new NodePath("/ab").isWithin(new NodePath("/a")), is(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/a/", "//", "/a//b", "/.", "/a/../b"})
  void otherPathsCannotBeBuilt(String value) {
    assertThrows(IllegalArgumentException.class, () -> new NodePath(value));
  }
}
