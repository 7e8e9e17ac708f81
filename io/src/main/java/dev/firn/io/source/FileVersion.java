package dev.firn.io.source;

import dev.firn.io.object.ETag;
import java.time.Instant;
import java.util.Optional;

/**
 * What tells one version of a file from others: its ETag where the server gives one, else the time
 * of its last change and its size.
 *
 * @param sizeBytes how long the file is
 * @param etag as the server names the version
 * @param lastModified when it was last changed, in the server's time, whole seconds over HTTP
 */
public record FileVersion(long sizeBytes, Optional<ETag> etag, Optional<Instant> lastModified) {
  private static final String WEAK = "W/";

  /** Checks the size. */
  public FileVersion {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("Invalid size of a file: " + sizeBytes);
    }
  }

  /**
   * Whether a file that is found at {@code other} is still the same: by ETags if both have one,
   * else by times if both have one, else by size alone.
   */
  public boolean isSameAs(FileVersion other) {
    if (sizeBytes != other.sizeBytes) {
      return false;
    }
    if (etag.isPresent() && other.etag.isPresent()) {
      return etag.equals(other.etag);
    }
    return lastModified.isEmpty()
        || other.lastModified.isEmpty()
        || lastModified.equals(other.lastModified);
  }

  @Override
  public String toString() {
    return sizeBytes
        + " bytes"
        + etag.map(tag -> ", ETag " + tag).orElse("")
        + lastModified.map(time -> ", of " + time).orElse("");
  }

  /** The ETag, or what stands for it where the server gives none: the time and the size. */
  public ETag tag() {
    return etag.orElseGet(
        () -> new ETag(lastModified.map(Instant::toString).orElse("") + "/" + sizeBytes));
  }

  /** The ETag, if it stands for every byte of the file, so that {@code If-Match} accepts it. */
  Optional<ETag> strongTag() {
    return etag.filter(tag -> !tag.value().startsWith(WEAK));
  }
}
