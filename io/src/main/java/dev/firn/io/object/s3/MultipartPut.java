package dev.firn.io.object.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * A put of a large object in parts, of which some go at once. Readers see nothing of it before the
 * last request, which makes the object of its parts in one step. If it fails, the parts are
 * discarded.
 *
 * <p>The last request is the one whose reply must not be missed: repeated after it took effect, it
 * finds no upload any more. A token in the object's metadata then tells whether it is this one's.
 */
final class MultipartPut {
  private static final int PARTS_AT_ONCE = 4;
  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(
          2 * PARTS_AT_ONCE,
          work -> {
            Thread thread = new Thread(work, "s3-parts");
            thread.setDaemon(true);
            return thread;
          });

  private final S3Connection connection;
  private final Operation operation;
  private final PutObjectRequest plain;
  private final OwnToken token = new OwnToken(UUID.randomUUID().toString());

  /** Prepares to put an object as {@code plain} says, but in parts. */
  MultipartPut(S3Connection connection, Operation operation, PutObjectRequest plain) {
    this.connection = connection;
    this.operation = operation;
    this.plain = plain;
  }

  /** Puts all of {@code body}. */
  WrittenVersion run(PutBody body, long partBytes) throws IOException {
    String upload = begin();
    try {
      return complete(upload, parts(upload, body.split(partBytes)));
    } catch (IOException failed) {
      abort(upload, failed);
      throw failed;
    }
  }

  private Attempts attempts(String request) {
    return new Attempts(
        connection,
        new Operation(operation.action(), request, operation.location(), operation.path()));
  }

  private String begin() throws IOException {
    CreateMultipartUploadRequest begin =
        CreateMultipartUploadRequest.builder()
            .bucket(plain.bucket())
            .key(plain.key())
            .contentType(plain.contentType())
            .cacheControl(plain.cacheControl())
            .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
            .metadata(Map.of(OwnToken.NAME, token.value()))
            .build();
    return attempts("CreateMultipartUpload")
        .run(
            (client, deadline) ->
                client.createMultipartUpload(
                    begin.toBuilder().overrideConfiguration(deadline).build()))
        .uploadId();
  }

  private List<CompletedPart> parts(String upload, List<PutBody> bodies) throws IOException {
    List<Future<CompletedPart>> running = new ArrayList<>();
    List<CompletedPart> parts = new ArrayList<>();
    try {
      for (int number = 1; number <= bodies.size(); number++) {
        if (number > PARTS_AT_ONCE) {
          parts.add(await(running.get(number - PARTS_AT_ONCE - 1)));
        }
        int part = number;
        running.add(THREADS.submit(() -> part(upload, part, bodies.get(part - 1))));
      }
      while (parts.size() < running.size()) {
        parts.add(await(running.get(parts.size())));
      }
      return parts;
    } finally {
      running.forEach(future -> future.cancel(true));
    }
  }

  private static CompletedPart await(Future<CompletedPart> part) throws IOException {
    try {
      return part.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while parts of an object were put");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException cause
          ? cause
          : new IOException(failed.getCause());
    }
  }

  private CompletedPart part(String upload, int number, PutBody body) throws IOException {
    String crc32c = body.crc32c();
    String etag =
        attempts("UploadPart " + number)
            .expect(body.sizeBytes())
            .run(
                (client, deadline) ->
                    client.uploadPart(
                        part ->
                            part.bucket(plain.bucket())
                                .key(plain.key())
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumCRC32C(crc32c)
                                .overrideConfiguration(deadline),
                        body.request(plain.contentType())))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).checksumCRC32C(crc32c).build();
  }

  private WrittenVersion complete(String upload, List<CompletedPart> parts) throws IOException {
    String request = "CompleteMultipartUpload";
    Optional<WrittenVersion> completed =
        attempts(request)
            .run(
                (client, deadline) -> {
                  try {
                    var answer =
                        client.completeMultipartUpload(
                            complete ->
                                complete
                                    .bucket(plain.bucket())
                                    .key(plain.key())
                                    .uploadId(upload)
                                    .multipartUpload(whole -> whole.parts(parts))
                                    .overrideConfiguration(deadline));
                    return Optional.of(WrittenVersion.of(answer.eTag(), answer.sdkHttpResponse()));
                  } catch (AwsServiceException answered) {
                    if (S3Failure.isAbsent(answered)) {
                      return Optional.empty(); // an attempt before this one may have ended it
                    }
                    throw answered;
                  }
                });
    return completed.isPresent() ? completed.get() : ownVersion(request);
  }

  private WrittenVersion ownVersion(String request) throws IOException {
    Operation unknown =
        new Operation("tell whether this wrote", request, operation.location(), operation.path());
    return token
        .find(connection, unknown, plain.key())
        .orElseThrow(() -> S3Failure.of(unknown, "there is no such upload any more"));
  }

  private void abort(String upload, IOException failed) {
    try {
      attempts("AbortMultipartUpload")
          .run(
              (client, deadline) ->
                  client.abortMultipartUpload(
                      abort ->
                          abort
                              .bucket(plain.bucket())
                              .key(plain.key())
                              .uploadId(upload)
                              .overrideConfiguration(deadline)));
    } catch (IOException left) {
      failed.addSuppressed(left);
    }
  }
}
