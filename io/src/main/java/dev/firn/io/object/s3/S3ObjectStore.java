package dev.firn.io.object.s3;

import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An {@link ObjectStore} below a prefix of an S3 bucket. The path of an object is the rest of its
 * key.
 *
 * <p>A put is one request, of large objects several ({@link MultipartPut}); its CRC-32C goes with
 * it, and the server refuses a body that does not have it. Requests are repeated by {@link
 * Attempts}, within {@link Deadlines}. Objects whose names end in {@code .json}, and those of
 * conditional puts, are stored as {@code no-cache}: what readers learn the state of an archive from
 * must not come out of a cache.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final String NOT_CACHED = "no-cache";

  private final S3Location location;
  private final S3Settings settings;
  private final MultipartSizes sizes;

  private S3ObjectStore(S3Location location, S3Settings settings, MultipartSizes sizes) {
    this.location = location;
    this.settings = settings;
    this.sizes = sizes;
  }

  /**
   * The store at {@code s3://bucket} or {@code s3://bucket/prefix}, reached as the process was
   * told; no request is made yet.
   */
  public static S3ObjectStore open(String url) {
    return open(url, ProcessSettings.ofThis().of(S3Location.parse(url)));
  }

  /** The store at {@code url}, reached by {@code settings}. */
  public static S3ObjectStore open(String url, S3Settings settings) {
    return open(url, settings, MultipartSizes.USUAL);
  }

  /** The same, with objects put in parts as {@code sizes} say. */
  static S3ObjectStore open(String url, S3Settings settings, MultipartSizes sizes) {
    return new S3ObjectStore(S3Location.parse(url), settings, sizes);
  }

  private S3Connection connection() {
    return S3Connection.to(location.bucket(), settings);
  }

  private Attempts attempts(String action, String request, ObjectPath path) {
    return new Attempts(connection(), new Operation(action, request, location, path));
  }

  @Override
  public String url() {
    return location.url();
  }

  /** Whether the user says that nobody else writes here, so that no put need be conditional. */
  public boolean hasSingleWriter() {
    return settings.singleWriter();
  }

  @Override
  public boolean isAnonymous() {
    return settings.isAnonymous();
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) throws IOException {
    String key = location.key(path);
    Attempts attempts = attempts("read", "GetObject", path);
    return attempts.run(
        (client, deadline) ->
            found(
                () ->
                    client.getObject(
                        get ->
                            get.bucket(location.bucket())
                                .key(key)
                                .checksumMode(ChecksumMode.ENABLED)
                                .overrideConfiguration(deadline),
                        (answer, content) -> {
                          attempts.expect(answer.contentLength());
                          return new StoredObject(stat(path, answer), Body.read(answer, content));
                        })));
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
    return getRange(path, range, Optional.empty());
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range, ETag version)
      throws IOException {
    return getRange(path, range, Optional.of(version));
  }

  private Optional<byte[]> getRange(ObjectPath path, ByteRange range, Optional<ETag> version)
      throws IOException {
    if (range.lengthBytes() == 0) {
      return stat(path)
          .filter(stat -> version.isEmpty() || version.get().equals(stat.etag()))
          .map(stat -> new byte[0]);
    }
    String key = location.key(path);
    String bytes = "bytes=" + range.offset() + "-" + (range.end() - 1);
    return attempts("read", "GetObject", path)
        .expect(range.lengthBytes())
        .run(
            (client, deadline) -> {
              try {
                return found(
                    () ->
                        client.getObject(
                            get ->
                                get.bucket(location.bucket())
                                    .key(key)
                                    .range(bytes)
                                    .ifMatch(version.map(ETag::value).orElse(null))
                                    .overrideConfiguration(deadline),
                            (answer, content) -> Body.readRange(range, answer, content)));
              } catch (AwsServiceException answered) {
                if (S3Failure.isBeyondEnd(answered)) {
                  return Optional.of(new byte[0]);
                }
                if (version.isPresent() && S3Failure.isConditionNotMet(answered)) {
                  return Optional.empty();
                }
                throw answered;
              }
            });
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    String key = location.key(path);
    return attempts("read", "HeadObject", path)
        .run(
            (client, deadline) ->
                found(
                    () ->
                        client.headObject(
                            head ->
                                head.bucket(location.bucket())
                                    .key(key)
                                    .overrideConfiguration(deadline))))
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
    return put(path, body, request(path)).stat(path, body);
  }

  private WrittenVersion put(ObjectPath path, PutBody body, PutObjectRequest.Builder request)
      throws IOException {
    if (body.sizeBytes() >= sizes.thresholdBytes()) {
      Operation operation = new Operation("write", "", location, path);
      return new MultipartPut(connection(), operation, request.build())
          .run(body, sizes.partBytes(body.sizeBytes()));
    }
    PutObjectRequest whole = request.checksumCRC32C(body.crc32c()).build();
    return attempts("write", "PutObject", path)
        .expect(body.sizeBytes())
        .run(
            (client, deadline) ->
                WrittenVersion.of(
                    client.putObject(
                        whole.toBuilder().overrideConfiguration(deadline).build(),
                        body.request(whole.contentType()))));
  }

  /** {@inheritDoc} Where there is a single writer, it looks and then puts. */
  @Override
  public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
      throws IOException {
    PutBody body = new PutBody(List.of(ByteBuffer.wrap(bytes)));
    PutObjectRequest.Builder request = request(path).cacheControl(NOT_CACHED);
    if (settings.singleWriter()) {
      return condition.holds(stat(path).map(ObjectStat::etag))
          ? Optional.of(put(path, body, request).stat(path, body))
          : Optional.empty();
    }
    PutObjectRequest conditional = request.checksumCRC32C(body.crc32c()).build();
    return new ConditionalPut(connection(), location, path, conditional, body)
        .run(condition)
        .map(written -> written.stat(path, body));
  }

  private PutObjectRequest.Builder request(ObjectPath path) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(location.bucket()).key(location.key(path));
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
    Optional<String> after = Optional.empty();
    do {
      ListObjectsV2Response page = page(prefix, keys, after);
      page.contents().forEach(object -> stat(object).ifPresent(found::add));
      after = Optional.ofNullable(page.nextContinuationToken());
    } while (after.isPresent());
    found.sort(Comparator.comparing(ObjectStat::path));
    return found;
  }

  private ListObjectsV2Response page(ObjectPath prefix, String keys, Optional<String> after)
      throws IOException {
    return attempts("list", "ListObjectsV2", prefix)
        .run(
            (client, deadline) ->
                client.listObjectsV2(
                    list ->
                        list.bucket(location.bucket())
                            .prefix(keys)
                            .continuationToken(after.orElse(null))
                            .overrideConfiguration(deadline)));
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
    attempts("delete", "DeleteObject", path)
        .run(
            (client, deadline) ->
                found(
                    () ->
                        client.deleteObject(
                            delete ->
                                delete
                                    .bucket(location.bucket())
                                    .key(key)
                                    .overrideConfiguration(deadline))));
  }

  @Override
  public void deleteAll(Collection<ObjectPath> paths) throws IOException {
    new ManyDeletes(connection(), location).run(paths);
  }

  /** The answer to a request, or empty when there is no such object. */
  private static <T> Optional<T> found(Supplier<T> request) {
    try {
      return Optional.of(request.get());
    } catch (AwsServiceException answered) {
      if (S3Failure.isAbsent(answered)) {
        return Optional.empty();
      }
      throw answered;
    }
  }

  /** Leaves the connections to the process's other stores. */
  @Override
  public void close() {}
}
