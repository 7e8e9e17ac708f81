package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.object.s3.S3Failure.Verdict;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailureTest {
  @ParameterizedTest
  @CsvSource({
    "500, InternalError, AGAIN",
    "502, BadGateway, AGAIN",
    "504, GatewayTimeout, AGAIN",
    "503, SlowDown, THROTTLED",
    "503, ServiceUnavailable, THROTTLED",
    "429, TooManyRequests, THROTTLED",
    "409, ConditionalRequestConflict, AGAIN",
    "400, RequestTimeout, AGAIN",
    "400, BadDigest, AGAIN",
    "403, RequestTimeTooSkewed, AGAIN",
    "403, AccessDenied, FINAL",
    "403, SignatureDoesNotMatch, FINAL",
    "400, ExpiredToken, FINAL",
    "400, InvalidArgument, FINAL",
    "404, NoSuchBucket, FINAL",
    "412, PreconditionFailed, FINAL",
    "501, NotImplemented, FINAL",
  })
  void answersAreRepeatedWhereTheNextMayBeAnother(int status, String code, Verdict verdict) {
    AwsErrorDetails details = AwsErrorDetails.builder().errorCode(code).build();

    S3Exception answered =
        (S3Exception) S3Exception.builder().statusCode(status).awsErrorDetails(details).build();

    assertThat(S3Failure.verdict(answered), equalTo(verdict));
  }

  @Test
  void brokenConnectionsAreWorthAnotherAttempt() {
    Stream.of(
            new ConnectException("refused"),
            new SocketTimeoutException("silence"),
            new UnknownHostException("name"),
            new SSLHandshakeException("the other side ended it"),
            new IOException("reset"))
        .forEach(
            cause ->
                assertThat(
                    cause.toString(),
                    S3Failure.verdict(SdkClientException.create("broken", cause)),
                    equalTo(Verdict.AGAIN)));
  }

  @Test
  void whatWillNotFitNextTimeIsFinal() {
    Stream.of(
            SdkClientException.create(
                "trust", new IOException("handshake", new CertificateException("unknown"))),
            SdkClientException.create("Unable to load credentials from any provider"),
            AbortedException.create("interrupted"))
        .forEach(
            failed ->
                assertThat(failed.toString(), S3Failure.verdict(failed), equalTo(Verdict.FINAL)));
  }
}
