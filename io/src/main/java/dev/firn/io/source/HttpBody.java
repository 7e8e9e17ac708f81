package dev.firn.io.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Receives an answer's content, as far as it is not longer than expected, and sees it come in. */
final class HttpBody implements BodyHandler<byte[]>, BodySubscriber<byte[]> {
  /** For a byte: 50 kB in a second. */
  private static final long SLOWEST_NANOS = 20_000;

  private final long mostBytes;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private volatile long lastNanos = System.nanoTime();
  private volatile long announcedBytes;
  private Flow.Subscription subscription;

  HttpBody(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The content is longer than anything that was asked for. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(long mostBytes) {
      super("the answer is longer than the " + mostBytes + " bytes that were asked for");
    }
  }

  /** When something came in last. */
  long lastNanos() {
    return lastNanos;
  }

  /** How long the content may take. */
  long slowestNanos() {
    return Math.max(Math.min(mostBytes, announcedBytes), receivedBytes()) * SLOWEST_NANOS;
  }

  /** How much came in until now. */
  long receivedBytes() {
    return received.size();
  }

  @Override
  public BodySubscriber<byte[]> apply(ResponseInfo answer) {
    lastNanos = System.nanoTime();
    announcedBytes = answer.headers().firstValueAsLong("content-length").orElse(0);
    return this;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    lastNanos = System.nanoTime();
    for (ByteBuffer part : parts) {
      if (Math.max(announcedBytes, received.size() + (long) part.remaining()) > mostBytes) {
        subscription.cancel();
        whole.completeExceptionally(new TooLongException(mostBytes));
        return;
      }
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      received.write(bytes, 0, bytes.length);
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(received.toByteArray());
  }
}
