package dev.firn.update;

import java.util.Locale;

/** How the reading of a source file ended. */
public enum FileStatus {
  /** Read, and its values placed. */
  SUCCEEDED,
  /** There is no such file, or it does not have the field. */
  NOT_FOUND,
  /** It is there, but not yet whole: empty, or without its inventory. */
  NOT_READY,
  /** It could not be fetched. */
  DOWNLOAD_FAILED,
  /** Its bytes are not what its inventory and format promise. */
  CORRUPT,
  /** It uses something that cannot be decoded. */
  READ_FAILED,
  /**
   * It is whole but not what the dataset knows: a field of another parameter, level, time, member
   * or grid. It was set aside, and nothing of it is in the archive.
   */
  QUARANTINED;

  /** Whether the file may still come by itself, so that its absence is no failure. */
  public boolean isAwaited() {
    return this == NOT_FOUND || this == NOT_READY;
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static FileStatus parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** As results and summaries write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
