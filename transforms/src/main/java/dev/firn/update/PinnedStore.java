package dev.firn.update;

import java.util.Optional;

/**
 * What a store held when an update was planned.
 *
 * @param url the store
 * @param version the version of what it shows readers: the root's ETag; empty when there is no
 *     store yet
 * @param extent the published length of the append dimension, 0 when there is no store yet
 */
public record PinnedStore(String url, Optional<String> version, long extent) {}
