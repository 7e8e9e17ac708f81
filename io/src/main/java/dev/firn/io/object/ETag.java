package dev.firn.io.object;

/**
 * The version of an object as its store names it: equal tags mean equal content, other content has
 * another tag. Whether the same content put again keeps its tag is up to the store.
 *
 * @param value opaque, never empty
 */
public record ETag(String value) {
  /** Checks that there is a value. */
  public ETag {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("Invalid ETag: it is empty");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ETag that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
