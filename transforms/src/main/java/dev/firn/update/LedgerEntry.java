package dev.firn.update;

import dev.firn.io.object.ETag;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One version of a source file, as it was found for some of the fields wanted from it.
 *
 * @param url where it was found, or else the first place where it was looked for
 * @param version its version, if it was found
 * @param sizeBytes its size, 0 if it was not found
 * @param available since when it had been there, as its store said
 * @param recorded when the update was planned that found it so
 * @param status how its reading ended
 * @param detail what went wrong, empty when nothing did
 */
public record LedgerEntry(
    String url,
    Optional<ETag> version,
    long sizeBytes,
    Optional<Instant> available,
    Instant recorded,
    FileStatus status,
    String detail) {
  private static final Pattern AROUND_TAG = Pattern.compile("^(W/)?\"|\"$");

  static LedgerEntry of(SourceFileResult result, Instant recorded) {
    return new LedgerEntry(
        result.url(),
        result.version(),
        result.sizeBytes(),
        result.available(),
        recorded,
        result.status(),
        result.detail());
  }

  /** How the fields stand that it was wanted for. */
  public LedgerState state() {
    return switch (status) {
      case SUCCEEDED -> LedgerState.INGESTED;
      case NOT_READY, DOWNLOAD_FAILED -> LedgerState.ANNOUNCED;
      case NOT_FOUND -> LedgerState.MISSING;
      case CORRUPT, READ_FAILED, QUARANTINED -> LedgerState.QUARANTINED;
    };
  }

  /** Whether reading this version again would come to the same. */
  boolean isSettled() {
    return version.isPresent() && state() != LedgerState.ANNOUNCED;
  }

  /** Whether it is of that version of that file. Listings quote versions, notifications do not. */
  boolean isOf(String otherUrl, Optional<ETag> other) {
    return url.equals(otherUrl)
        && version.isPresent()
        && version.map(LedgerEntry::bare).equals(other.map(LedgerEntry::bare));
  }

  private static String bare(ETag tag) {
    return AROUND_TAG.matcher(tag.value()).replaceAll("");
  }

  /** Whether both tell the same of the same version, whenever they were recorded. */
  boolean saysAs(LedgerEntry other) {
    return status == other.status
        && detail.equals(other.detail)
        && url.equals(other.url)
        && version.equals(other.version);
  }
}
