package dev.firn.io.object.s3;

import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An {@link ObjectStore} below a prefix of an S3 bucket. The path of an object is the rest of its
 * key.
 *
 * <p>A put is one request whatever the size, which S3 allows up to 5 GiB; its CRC-32C goes with it,
 * and the server refuses a body that does not have it. Requests are repeated by the SDK's standard
 * rules, conditional puts by {@link ConditionalPut}. Objects whose names end in {@code .json}, and
 * those of conditional puts, are stored as {@code no-cache}: what readers learn the state of an
 * archive from must not come out of a cache.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final String NOT_CACHED = "no-cache";

  private final S3Location location;
  private final Supplier<S3Connection> connection;

  private S3ObjectStore(S3Location location, Supplier<S3Connection> connection) {
    this.location = location;
    this.connection = connection;
  }

  /** The store at {@code s3://bucket} or {@code s3://bucket/prefix}; no request is made yet. */
  public static S3ObjectStore open(String url) {
    return open(url, S3Settings.ofProcess());
  }

  /** The store at {@code url}, reached by {@code settings}. */
  public static S3ObjectStore open(String url, S3Settings settings) {
    S3Location location = S3Location.parse(url);
    return new S3ObjectStore(location, () -> S3Connection.to(location.bucket(), settings));
  }

  private S3Client client() {
    return connection.get().client();
  }

  @Override
  public String url() {
    return location.url();
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) throws IOException {
    String key = location.key(path);
    return found(
        "GetObject",
        path,
        () ->
            client()
                .getObject(
                    get ->
                        get.bucket(location.bucket()).key(key).checksumMode(ChecksumMode.ENABLED),
                    (answer, content) ->
                        new StoredObject(stat(path, answer), read(answer, content))));
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
    if (range.lengthBytes() == 0) {
      return stat(path).map(stat -> new byte[0]);
    }
    String key = location.key(path);
    String bytes = "bytes=" + range.offset() + "-" + (range.end() - 1);
    return found(
        "GetObject",
        path,
        () -> {
          try {
            return client()
                .getObject(
                    get -> get.bucket(location.bucket()).key(key).range(bytes),
                    S3ObjectStore::readRange);
          } catch (AwsServiceException answered) {
            if (S3Failure.isBeyondEnd(answered)) {
              return new byte[0];
            }
            throw answered;
          }
        });
  }

  private static byte[] readRange(GetObjectResponse answer, InputStream content)
      throws IOException {
    if (answer.contentRange() == null) {
      throw new IOException("the server answered a range with the whole object");
    }
    return read(answer, content);
  }

  /**
   * Reads what was announced. A connection that breaks in the middle is worth another attempt. The
   * SDK compares checksums when it is asked for more at the end, not before.
   */
  private static byte[] read(GetObjectResponse answer, InputStream content) {
    byte[] bytes = new byte[Math.toIntExact(answer.contentLength())];
    try {
      int count = content.readNBytes(bytes, 0, bytes.length);
      if (count < bytes.length || content.read() >= 0) {
        throw new IOException("the body has not the " + bytes.length + " bytes it announced");
      }
    } catch (IOException broken) {
      throw RetryableException.create("Cannot read the answer", broken);
    }
    return bytes;
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    String key = location.key(path);
    return found(
            "HeadObject",
            path,
            () -> client().headObject(head -> head.bucket(location.bucket()).key(key)))
        .map(answer -> stat(path, answer));
  }

  private static ObjectStat stat(ObjectPath path, HeadObjectResponse answer) {
    return new ObjectStat(
        path, answer.contentLength(), new ETag(answer.eTag()), answer.lastModified());
  }

  private static ObjectStat stat(ObjectPath path, GetObjectResponse answer) {
    return new ObjectStat(
        path, answer.contentLength(), new ETag(answer.eTag()), answer.lastModified());
  }

  @Override
  public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
    PutBody body = new PutBody(parts);
    PutObjectRequest request = request(path, body).build();
    try {
      return WrittenVersion.of(client().putObject(request, body.request(request.contentType())))
          .stat(path, body);
    } catch (SdkException failed) {
      throw S3Failure.of("write", "PutObject", location, path, failed);
    }
  }

  @Override
  public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
      throws IOException {
    PutBody body = new PutBody(List.of(ByteBuffer.wrap(bytes)));
    PutObjectRequest request = request(path, body).cacheControl(NOT_CACHED).build();
    return new ConditionalPut(connection.get(), location, path, request, body)
        .run(condition)
        .map(written -> written.stat(path, body));
  }

  private PutObjectRequest.Builder request(ObjectPath path, PutBody body) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(location.bucket())
            .key(location.key(path))
            .checksumCRC32C(body.crc32c());
    return path.name().endsWith(".json")
        ? request.contentType("application/json").cacheControl(NOT_CACHED)
        : request.contentType("application/octet-stream");
  }

  @Override
  public List<ObjectStat> list(ObjectPath prefix) throws IOException {
    List<ObjectStat> found = new ArrayList<>();
    if (!prefix.equals(ObjectPath.ROOT)) {
      stat(prefix).ifPresent(found::add);
    }
    String keys = location.keysBelow(prefix);
    try {
      client()
          .listObjectsV2Paginator(list -> list.bucket(location.bucket()).prefix(keys))
          .contents()
          .forEach(object -> stat(object).ifPresent(found::add));
    } catch (SdkException failed) {
      throw S3Failure.of("list", "ListObjectsV2", location, prefix, failed);
    }
    found.sort(Comparator.comparing(ObjectStat::path));
    return found;
  }

  private Optional<ObjectStat> stat(S3Object object) {
    return location
        .path(object.key())
        .map(
            path ->
                new ObjectStat(
                    path, object.size(), new ETag(object.eTag()), object.lastModified()));
  }

  @Override
  public void delete(ObjectPath path) throws IOException {
    String key = location.key(path);
    found(
        "delete",
        "DeleteObject",
        path,
        () -> client().deleteObject(delete -> delete.bucket(location.bucket()).key(key)));
  }

  /** The answer to a request that reads, or empty when there is no such object. */
  private <T> Optional<T> found(String operation, ObjectPath path, Supplier<T> request)
      throws IOException {
    return found("read", operation, path, request);
  }

  private <T> Optional<T> found(
      String action, String operation, ObjectPath path, Supplier<T> request) throws IOException {
    try {
      return Optional.of(request.get());
    } catch (AwsServiceException answered) {
      if (S3Failure.isAbsent(answered)) {
        return Optional.empty();
      }
      throw S3Failure.of(action, operation, location, path, answered);
    } catch (SdkException failed) {
      throw S3Failure.of(action, operation, location, path, failed);
    }
  }

  /** Leaves the connections to the process's other stores. */
  @Override
  public void close() {}
}
