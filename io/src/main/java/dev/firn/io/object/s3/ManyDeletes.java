package dev.firn.io.object.s3;

import dev.firn.io.object.DeletionException;
import dev.firn.io.object.ObjectPath;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Deletes up to a thousand objects with a request. */
final class ManyDeletes {
  private static final int MOST_KEYS = 1000;
  private static final int TEMPORARY = 503;

  private final S3Connection connection;
  private final S3Location location;

  ManyDeletes(S3Connection connection, S3Location location) {
    this.connection = connection;
    this.location = location;
  }

  /** Deletes all that can be; says of each other why not. */
  void run(Collection<ObjectPath> paths) throws IOException {
    List<ObjectPath> all = List.copyOf(paths);
    Map<ObjectPath, String> failures = new LinkedHashMap<>();
    for (int from = 0; from < all.size(); from += MOST_KEYS) {
      Batch batch = new Batch(all.subList(from, Math.min(all.size(), from + MOST_KEYS)));
      failures.putAll(batch.run());
    }
    if (!failures.isEmpty()) {
      throw new DeletionException(location.url(), failures);
    }
  }

  /** One request's worth; what failed for a while is asked for again, alone. */
  private final class Batch {
    private final Operation operation;
    private final Map<String, ObjectPath> left;
    private final Map<ObjectPath, String> failures = new LinkedHashMap<>();
    private boolean isAnswered;

    Batch(List<ObjectPath> paths) {
      operation = new Operation("delete", "DeleteObjects", location, paths.get(0));
      left =
          paths.stream()
              .collect(
                  Collectors.toMap(
                      location::key, Function.identity(), (one, same) -> one, LinkedHashMap::new));
    }

    Map<ObjectPath, String> run() throws IOException {
      try {
        new Attempts(connection, operation).run(this::attempt);
      } catch (IOException failed) {
        if (!isAnswered) {
          throw failed;
        }
        left.values().forEach(path -> failures.put(path, failed.getMessage()));
      }
      return failures;
    }

    private int attempt(S3Client client, Deadline deadline) {
      List<ObjectIdentifier> keys =
          left.keySet().stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
      List<S3Error> errors =
          client
              .deleteObjects(
                  delete ->
                      delete
                          .bucket(location.bucket())
                          .delete(objects -> objects.objects(keys).quiet(true))
                          .overrideConfiguration(deadline))
              .errors();
      isAnswered = true;
      Map<String, ObjectPath> again = new LinkedHashMap<>();
      for (S3Error error : errors) {
        ObjectPath path = left.get(error.key());
        if (S3Failure.isTemporary(error.code())) {
          again.put(error.key(), path);
        } else {
          failures.put(path, error.code() + ": " + error.message());
        }
      }
      left.keySet().retainAll(again.keySet());
      if (!left.isEmpty()) {
        throw temporary(errors.get(0));
      }
      return keys.size();
    }
  }

  /** For an answer of success that names keys for which the request is worth repeating. */
  private static S3Exception temporary(S3Error error) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(TEMPORARY)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(error.code())
                    .errorMessage(error.message())
                    .build())
            .build();
  }
}
