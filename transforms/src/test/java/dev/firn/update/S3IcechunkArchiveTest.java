package dev.firn.update;

import dev.firn.io.object.ObjectStores;
import dev.firn.testing.s3.S3Bucket;
import dev.firn.testing.s3.S3Extension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(S3Extension.class)
class S3IcechunkArchiveTest extends ArchiveStoreContract {
  private final S3Bucket bucket;

  S3IcechunkArchiveTest(S3Bucket bucket) {
    this.bucket = bucket;
  }

  @Override
  ArchiveStore open() {
    return ArchiveStore.open(
        StoreLocation.parse(bucket.url() + "/archives/tiny.icechunk"), ObjectStores::open);
  }

  @Override
  ShardCopy absent() {
    return IcechunkArchiveTest.NEVER_WRITTEN;
  }
}
