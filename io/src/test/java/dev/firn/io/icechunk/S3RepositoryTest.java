package dev.firn.io.icechunk;

import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.testing.s3.S3Bucket;
import dev.firn.testing.s3.S3Extension;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(S3Extension.class)
class S3RepositoryTest extends RepositoryContract {
  private ObjectStore store;

  @BeforeEach
  void open(S3Bucket bucket) throws IOException {
    store = ObjectStores.open(bucket.url() + "/repository");
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Override
  ObjectStore store() {
    return store;
  }
}
