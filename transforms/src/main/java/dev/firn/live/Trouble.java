package dev.firn.live;

import java.time.Instant;

/**
 * Something that failed and is tried again by itself, at the next look at the latest.
 *
 * @param dataset whose source it was
 * @param message what failed
 * @param at when
 */
public record Trouble(String dataset, String message, Instant at) {}
