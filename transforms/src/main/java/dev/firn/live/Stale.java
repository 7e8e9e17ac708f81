package dev.firn.live;

import java.time.Instant;

/**
 * A source that seems to have stopped.
 *
 * @param dataset whose
 * @param newest the newest time that is published
 * @param since when it was published
 * @param expectedEverySeconds how far apart new times are usually
 */
public record Stale(String dataset, Instant newest, Instant since, long expectedEverySeconds) {}
