package dev.firn.io.icechunk;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.icechunk.format.IcechunkException;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References and configuration of version 1; its files are shown by the sample repositories. */
class Version1RepositoryTest {
  private static final SnapshotId SNAPSHOT = SnapshotId.parse("RSE5QPE9HJJHQJM7HYM0");

  private static Repository repository() throws IOException {
    ObjectStore store = new MemoryObjectStore();
    put(store, "refs/branch.main/ref.json", "{\"snapshot\":\"" + SNAPSHOT + "\"}");
    put(store, "refs/tag.v1/ref.json", "{\"snapshot\":\"" + SNAPSHOT + "\"}");
    put(store, "refs/tag.gone/ref.json", "{\"snapshot\":\"" + SNAPSHOT + "\"}");
    put(store, "refs/tag.gone/ref.json.deleted", "");
    put(store, "config.yaml", "inline_chunk_threshold_bytes: 12\ncaching: null\n");
    return Repository.open(store).orElseThrow();
  }

  private static void put(ObjectStore store, String key, String text) throws IOException {
    store.put(TestRepositories.key(key), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refsAndConfigurationAreRead() throws IOException {
    Repository repository = repository();

    assertThat(repository.specVersion(), is(1));
    assertThat(repository.branches().get("main"), equalTo(SNAPSHOT));
    assertThat(repository.tags().keySet(), equalTo(Set.of("v1")));
    assertThat(repository.config().inlineThresholdBytes(), is(12));
    assertThat(repository.config().zstdLevel(), is(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"refs/branch.main/ref.json", "refs/tag.v1/ref.json", "config.yaml"})
  void damagedFilesAreNamed(String key) throws IOException {
    Repository repository = repository();
    ObjectStore store = repository.files().store();
    byte[] bytes = store.get(TestRepositories.key(key)).orElseThrow().bytes();
    int refused = 0;

    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += isRefused(repository, key, flipped) ? 1 : 0;
    }
    for (int length = 0; length < bytes.length; length++) {
      refused += isRefused(repository, key, Arrays.copyOf(bytes, length)) ? 1 : 0;
    }

    assertThat(refused, greaterThan(bytes.length));
  }

  /** Whether an error says that a file cannot be read; otherwise it is read. */
  private static boolean isRefused(Repository repository, String key, byte[] damaged)
      throws IOException {
    repository.files().store().put(TestRepositories.key(key), damaged);
    try {
      repository.branches();
      repository.config();
      return false;
    } catch (IcechunkException refused) {
      assertThat(refused.getMessage(), containsString("memory:/" + key + ": "));
      return true;
    }
  }

  @Test
  void writingIsRefused() throws IOException {
    Repository repository = repository();

    UnsupportedFeatureException session =
        assertThrows(UnsupportedFeatureException.class, () -> repository.writable("main"));
    UnsupportedFeatureException tag =
        assertThrows(UnsupportedFeatureException.class, () -> repository.createTag("t", SNAPSHOT));

    assertThat(
        session.getMessage(), containsString("writing of an Icechunk repository of version 1"));
    assertThat(tag.getMessage(), containsString("memory:/repo"));
  }
}
