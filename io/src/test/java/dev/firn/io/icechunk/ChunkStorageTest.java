package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.ARRAY;
import static dev.firn.io.icechunk.TestRepositories.GROUP;
import static dev.firn.io.icechunk.TestRepositories.SETTINGS;
import static dev.firn.io.icechunk.TestRepositories.main;
import static dev.firn.io.icechunk.TestRepositories.put;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef.InlineChunk;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChunkStorageTest {
  @Test
  void chunksUpToTheThresholdOfTheConfigurationAreInTheManifest() throws IOException {
    ObjectStore store = new MemoryObjectStore();
    RepositoryConfig config =
        RepositoryConfig.DEFAULT.with("inline_chunk_threshold_bytes", IntNode.valueOf(12));
    Repository repository = Repository.create(store, config, SETTINGS);
    Session session = repository.writable("main");
    session.setMetadata(NodePath.ROOT, GROUP);
    session.setMetadata(ARRAY, TestRepositories.array(2));

    put(session, "twelve bytes", 0);
    put(session, "and thirteen.", 1);
    session.commit(CommitRequest.of("both"));

    Session read = main(repository);
    assertThat(read.chunkRef(ARRAY, ChunkIndex.of(0)).orElseThrow(), instanceOf(InlineChunk.class));
    assertThat(read.chunkRef(ARRAY, ChunkIndex.of(1)).orElseThrow(), instanceOf(NativeChunk.class));
    assertThat(store.list(RepositoryFiles.CHUNKS), hasSize(1));
  }
}
