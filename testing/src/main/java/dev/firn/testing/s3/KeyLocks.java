package dev.firn.testing.s3;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Lets one request at a time change a key, and none read it meanwhile, so that conditional puts and
 * gets are as atomic as those of S3. Without it the server checks the condition and writes in two
 * steps, and sends the header of one version with the body of another.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class KeyLocks implements Filter {
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int ALL = 1 << 16;

  private final Semaphore[] stripes = new Semaphore[64];

  KeyLocks() {
    Arrays.setAll(stripes, index -> new Semaphore(ALL, true));
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    int permits = READING.contains(http.getMethod()) ? 1 : ALL;
    Semaphore stripe = stripes[Math.floorMod(http.getRequestURI().hashCode(), stripes.length)];
    stripe.acquireUninterruptibly(permits);
    try {
      chain.doFilter(request, response);
    } finally {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new Release(stripe, permits));
      } else {
        stripe.release(permits);
      }
    }
  }

  /** Bodies of objects are sent by another thread. */
  private record Release(Semaphore stripe, int permits) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      stripe.release(permits);
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
