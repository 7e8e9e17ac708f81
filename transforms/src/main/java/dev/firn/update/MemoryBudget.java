package dev.firn.update;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much heap buffers may take together; what does not fit goes into scratch files. Safe for use
 * by many threads.
 */
public final class MemoryBudget {
  private static final Map<Long, MemoryBudget> OF_PROCESS = new ConcurrentHashMap<>();

  private final long limitBytes;
  private final AtomicLong takenBytes = new AtomicLong();

  /** A budget of {@code limitBytes}. */
  public MemoryBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** The budget that all jobs of this process share which were given {@code limitBytes}. */
  public static MemoryBudget ofProcess(long limitBytes) {
    return OF_PROCESS.computeIfAbsent(limitBytes, MemoryBudget::new);
  }

  /** Takes {@code bytes} if they fit. */
  boolean take(long bytes) {
    if (takenBytes.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    takenBytes.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    takenBytes.addAndGet(-bytes);
  }

  long takenBytes() {
    return takenBytes.get();
  }
}
