package dev.firn.testing.s3;

import com.adobe.testing.s3mock.s3.model.BucketMetadata;
import com.adobe.testing.s3mock.s3.store.BucketStore;
import java.io.File;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.ObjectMapper;

/**
 * Keeps in memory which keys a bucket has. Without it the server parses a file of all keys with
 * every request, and writes it with every new key: thousands of small objects take minutes.
 */
class BucketsInMemory {
  private static final DateTimeFormatter DATES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Bean
  @Primary
  BucketStore storeOfBuckets(File rootFolder, ObjectMapper json) {
    return new BucketStore(rootFolder, DATES, "us-east-1", new Documents(json));
  }

  /** Reads and writes the documents of buckets; the file of one is only there to be found. */
  private static final class Documents extends ObjectMapper {
    private static final long serialVersionUID = 1L;

    private final transient ObjectMapper json;
    private final transient ConcurrentMap<File, BucketMetadata> known = new ConcurrentHashMap<>();

    Documents(ObjectMapper json) {
      this.json = json;
    }

    @Override
    public <T> T readValue(File file, Class<T> type) {
      return type.cast(known.get(file));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // keys are added to the bucket that was read
    public void writeValue(File file, Object document) {
      BucketMetadata bucket = (BucketMetadata) document;
      if (!file.exists()) {
        json.writeValue(file, bucket);
      }
      if (known.get(file) != bucket) {
        known.put(file, readByManyThreads(bucket));
      }
    }

    private static BucketMetadata readByManyThreads(BucketMetadata bucket) {
      return new BucketMetadata(
          bucket.getName(),
          bucket.getCreationDate(),
          bucket.getVersioningConfiguration(),
          bucket.getObjectLockConfiguration(),
          bucket.getBucketLifecycleConfiguration(),
          bucket.getObjectOwnership(),
          bucket.getPath(),
          bucket.getBucketRegion(),
          bucket.getBucketInfo(),
          bucket.getLocationInfo(),
          new ConcurrentSkipListMap<>(bucket.getObjects()));
    }
  }
}
