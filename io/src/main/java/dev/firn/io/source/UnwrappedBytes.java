package dev.firn.io.source;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.io.ByteArrayOutputStream;

/** What has come out of a wrapped file until now: not more than a bound. */
final class UnwrappedBytes {
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final long mostBytes;

  UnwrappedBytes(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Adds the first {@code count} bytes of {@code buffer}, which {@code origin} holds. */
  void add(byte[] buffer, int count, Origin origin) {
    if (content.size() + (long) count > mostBytes) {
      throw new CorruptInputException(
          "unwrap", origin, "more than " + mostBytes + " bytes come out of it");
    }
    content.write(buffer, 0, count);
  }

  byte[] toByteArray() {
    return content.toByteArray();
  }
}
