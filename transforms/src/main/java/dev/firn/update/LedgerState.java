package dev.firn.update;

import java.util.Locale;

/** How a field of an archive stands with its source. */
public enum LedgerState {
  /** Nothing was heard of it. */
  EXPECTED,
  /** It is said to be there, or was found, but could not be read as yet. */
  ANNOUNCED,
  /** It is in the archive. */
  INGESTED,
  /** The time for it has passed, or the file that should have it has not. */
  MISSING,
  /** A version was read and set aside: it is damaged, or not what the dataset knows. */
  QUARANTINED;

  /** As tables and documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
