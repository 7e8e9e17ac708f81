package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.SETTINGS;
import static dev.firn.io.icechunk.TestRepositories.chunk;
import static dev.firn.io.icechunk.TestRepositories.main;
import static dev.firn.io.icechunk.TestRepositories.put;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.testing.s3.S3Bucket;
import dev.firn.testing.s3.S3Extension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Committers that know nothing of each other, all on one branch: every commit is there once, in one
 * line, and so is what it wrote.
 */
@ExtendWith(S3Extension.class)
class ConcurrentCommitsTest {
  private static final int FEW = 4;
  private static final int FEW_COMMITS = 10;
  private static final int MANY = 16;
  private static final int MANY_COMMITS = 50;

  @Test
  void nothingIsLostOnALocalDirectory(@TempDir Path directory) throws Exception {
    allCommit(directory.toString(), FEW, FEW_COMMITS);
  }

  @Test
  void nothingIsLostOnS3(S3Bucket bucket) throws Exception {
    allCommit(bucket.url() + "/repository", FEW, FEW_COMMITS);
  }

  @Test
  @Tag("long")
  void nothingOfManyIsLostOnALocalDirectory(@TempDir Path directory) throws Exception {
    allCommit(directory.toString(), MANY, MANY_COMMITS);
  }

  @Test
  @Tag("long")
  void nothingOfManyIsLostOnS3(S3Bucket bucket) throws Exception {
    allCommit(bucket.url() + "/repository", MANY, MANY_COMMITS);
  }

  private static void allCommit(String url, int committers, int commits) throws Exception {
    try (ObjectStore store = ObjectStores.open(url)) {
      Repository repository = withArray(store, committers, commits);

      run(url, committers, commits);

      List<SnapshotInfo> ancestry = repository.ancestry(Version.branch("main"));
      assertThat(ancestry, hasSize(2 + committers * commits));
      TreeSet<String> messages = new TreeSet<>();
      ancestry.forEach(snapshot -> messages.add(snapshot.message()));
      assertThat("each commit once", messages, hasSize(ancestry.size()));
      assertThat(repository.operations(), hasSize(ancestry.size()));
      Session read = main(repository);
      for (int row = 0; row < committers; row++) {
        for (int column = 0; column < commits; column++) {
          assertThat(chunk(read, row, column), equalTo(row + "/" + column));
        }
      }
    }
  }

  private static void run(String url, int committers, int commits) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(committers);
    List<Future<?>> running = new ArrayList<>();
    try {
      for (int committer = 0; committer < committers; committer++) {
        int row = committer;
        running.add(threads.submit(() -> commitRow(url, row, commits)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean commitRow(String url, int row, int commits) throws IOException {
    try (ObjectStore store = ObjectStores.open(url)) {
      Repository repository = Repository.open(store, SETTINGS).orElseThrow();
      for (int column = 0; column < commits; column++) {
        Session session = repository.writable("main");
        put(session, row + "/" + column, row, column);
        session.commit(CommitRequest.of(row + "/" + column));
      }
    }
    return true;
  }
}
