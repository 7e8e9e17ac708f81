package dev.firn.testing.s3;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Lets one request at a time change a key, so that conditional puts are as atomic as those of S3.
 * Without it the server checks the condition and writes in two steps.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WriteLocks implements Filter {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final ReentrantLock[] stripes = new ReentrantLock[64];

  WriteLocks() {
    Arrays.setAll(stripes, index -> new ReentrantLock());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (READING.contains(http.getMethod())) {
      chain.doFilter(request, response);
      return;
    }
    ReentrantLock lock = stripes[Math.floorMod(http.getRequestURI().hashCode(), stripes.length)];
    lock.lock();
    try {
      chain.doFilter(request, response);
    } finally {
      lock.unlock();
    }
  }
}
