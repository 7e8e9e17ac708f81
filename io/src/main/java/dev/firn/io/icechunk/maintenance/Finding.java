package dev.firn.io.icechunk.maintenance;

import dev.firn.io.object.ObjectPath;

/**
 * Something that is wrong with a repository.
 *
 * @param kind what
 * @param object the object that is missing or damaged
 * @param detail found versus expected
 * @param referrer what refers to the object
 */
public record Finding(Kind kind, ObjectPath object, String detail, String referrer) {
  /** The kinds of damage. */
  public enum Kind {
    /** There is no such object. */
    MISSING,
    /** The object breaks the format or contradicts others. */
    DAMAGED
  }
}
