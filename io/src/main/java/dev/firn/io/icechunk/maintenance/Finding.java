package dev.firn.io.icechunk.maintenance;

/**
 * Something that is wrong with a repository.
 *
 * @param kind what
 * @param object the object that is missing or damaged: its path in the repository, or the location
 *     of virtual chunks
 * @param detail found versus expected
 * @param referrer what refers to the object
 */
public record Finding(Kind kind, String object, String detail, String referrer) {
  /** The kinds of damage. */
  public enum Kind {
    /** There is no such object. */
    MISSING,
    /** The object breaks the format or contradicts others. */
    DAMAGED
  }
}
