package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.put;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.icechunk.RepoChange.Changed;
import dev.firn.io.icechunk.format.FeatureFlags;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.UpdateType;
import dev.firn.io.object.MemoryObjectStore;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WritePermissionTest {
  private static Repository with(int flag, boolean enabled) throws IOException {
    Repository repository = withArray(new MemoryObjectStore(), 4);
    TreeSet<Integer> set = new TreeSet<>();
    set.add(flag);
    FeatureFlags flags =
        enabled ? new FeatureFlags(set, new TreeSet<>()) : new FeatureFlags(new TreeSet<>(), set);
    repository.change(
        now ->
            new Changed(
                now.withFlags(flags),
                new UpdateType.FeatureFlagChanged(flag, Optional.of(enabled))));
    return repository;
  }

  @Test
  void unknownFeatureFlagsForbidAnyWriting() throws IOException {
    Repository enabled = with(77, true);
    Repository disabled = with(1, false);

    UnsupportedFeatureException session =
        assertThrows(UnsupportedFeatureException.class, () -> enabled.writable("main"));
    UnsupportedFeatureException tag =
        assertThrows(
            UnsupportedFeatureException.class, () -> disabled.createTag("t", SnapshotId.INITIAL));

    assertThat(session.getMessage(), containsString("Icechunk feature flags [77]"));
    assertThat(tag.getMessage(), containsString("Icechunk feature flags [1]"));
  }

  @Test
  void disabledFeaturesAreRefusedAndOthersAreNot() throws IOException {
    Repository noTags = with(4, false);
    Repository noMoves = with(3, false);
    Session session = noTags.writable("main");
    put(session, "one", 1);
    session.commit(CommitRequest.of("possible"));
    Session mover = noMoves.writable("main");
    mover.move(TestRepositories.ARRAY, new NodePath("/b"));

    IllegalStateException tag =
        assertThrows(IllegalStateException.class, () -> noTags.createTag("t", SnapshotId.INITIAL));
    IllegalStateException move =
        assertThrows(IllegalStateException.class, () -> mover.commit(CommitRequest.of("moved")));

    assertThat(tag.getMessage(), containsString("feature flag CREATE_TAG is disabled"));
    assertThat(move.getMessage(), containsString("feature flag MOVE_NODE is disabled"));
  }
}
