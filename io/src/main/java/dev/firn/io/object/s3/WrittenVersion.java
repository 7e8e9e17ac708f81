package dev.firn.io.object.s3;

import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What a put made of an object.
 *
 * @param etag as S3 writes it, in quotation marks
 * @param lastModified the object's time; a put's answer has none, so then the answer's
 */
record WrittenVersion(String etag, Instant lastModified) {

  static WrittenVersion of(PutObjectResponse written) {
    return of(written.eTag(), written.sdkHttpResponse());
  }

  static WrittenVersion of(String etag, SdkHttpResponse answer) {
    Instant answered =
        answer
            .firstMatchingHeader("Date")
            .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
            .map(ZonedDateTime::toInstant)
            .orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS));
    return new WrittenVersion(etag, answered);
  }

  ObjectStat stat(ObjectPath path, PutBody body) {
    return new ObjectStat(path, body.sizeBytes(), new ETag(etag), lastModified);
  }
}
