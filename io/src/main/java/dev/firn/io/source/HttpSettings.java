package dev.firn.io.source;

import java.time.Duration;

/**
 * How HTTP is spoken.
 *
 * @param limits how much hosts are asked for
 * @param logins who asks
 * @param patience how long is waited for a connection, for an answer to begin, and for the next of
 *     its bytes
 * @param mostAttempts how often a request is made that fails, or is put off by the server
 */
record HttpSettings(HostLimits limits, Logins logins, Duration patience, int mostAttempts) {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final int MOST_ATTEMPTS = 6;
}
