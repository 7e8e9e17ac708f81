package dev.firn.io.object;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectStoreTest extends ObjectStoreContract {
  @TempDir Path directory;

  @Override
  protected ObjectStore store() {
    return new LocalObjectStore(directory);
  }

  @Test
  void putsLeaveNoOtherFilesBehind() throws IOException {
    ObjectStore store = store();

    store.put(new ObjectPath("x"), new byte[] {1});
    store.putIf(new ObjectPath("y"), new byte[] {1}, PutCondition.absent());

    try (var files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertThat(names, equalTo(List.of("x", "y")));
    }
  }

  @Test
  void whatAPutLeftThatDiedLongAgoIsRemovedByTheNextOne() throws IOException {
    Path old = Files.write(directory.resolve(".firn-put-old"), new byte[] {1});
    Path young = Files.write(directory.resolve(".firn-put-young"), new byte[] {1});
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    store().put(new ObjectPath("x"), new byte[] {1});

    assertThat(Files.exists(old), equalTo(false));
    assertThat(Files.exists(young), equalTo(true));
  }

  @Test
  void failureNamesStoreAndPath() throws IOException {
    Files.write(directory.resolve("file"), new byte[] {1});
    ObjectStore store = store();

    IOException failed =
        assertThrows(
            IOException.class, () -> store.put(new ObjectPath("file/below"), new byte[] {1}));

    assertThat(
        failed.getMessage(), containsString("Cannot write 'file/below' in file://" + directory));
  }

  @Test
  void urlOfAnUnknownSchemeIsRefusedByName() {
    var refused =
        assertThrows(UnsupportedFeatureException.class, () -> ObjectStores.open("gopher://host/x"));

    assertThat(
        refused.getMessage(), equalTo("Unsupported store scheme 'gopher:' in gopher://host/x"));
  }

  @Test
  void fileUrlOpensTheDirectory() throws IOException {
    ObjectStores.open("file://" + directory).put(new ObjectPath("x"), new byte[] {7});

    assertThat(store().get(new ObjectPath("x")).orElseThrow().bytes(), equalTo(new byte[] {7}));
  }
}
