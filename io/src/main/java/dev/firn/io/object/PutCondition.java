package dev.firn.io.object;

import java.util.Optional;

/** What must hold of the object that a conditional put would replace. */
public sealed interface PutCondition {

  /** There is no such object yet ({@code If-None-Match: *}). */
  record Absent() implements PutCondition {}

  /**
   * The object is still at this version ({@code If-Match}).
   *
   * @param etag the expected version
   */
  record Matches(ETag etag) implements PutCondition {}

  /** There is no such object yet. */
  static PutCondition absent() {
    return new Absent();
  }

  /** The object is still at {@code etag}. */
  static PutCondition matches(ETag etag) {
    return new Matches(etag);
  }

  /** Whether it holds of an object at version {@code found}, empty where there is none. */
  default boolean holds(Optional<ETag> found) {
    return this instanceof Matches matches
        ? found.equals(Optional.of(matches.etag()))
        : found.isEmpty();
  }
}
