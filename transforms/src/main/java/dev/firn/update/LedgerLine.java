package dev.firn.update;

import java.util.Optional;

/**
 * Fields of one file that stand alike with their source.
 *
 * @param state how
 * @param file the file and those of its fields
 * @param entry the version that is in the archive, or else the newest that was found
 * @param aside a later version than the one in the archive, which could not be read
 */
public record LedgerLine(
    LedgerState state, SourceFile file, Optional<LedgerEntry> entry, Optional<LedgerEntry> aside) {

  /** Whether there may be something to gain from reading the file again. */
  public boolean isHole() {
    return state != LedgerState.INGESTED || aside.isPresent();
  }

  /** Whether all that is known of this version is known already. */
  boolean isJudged(ArrivedFile arrived) {
    return isOf(entry, arrived) || isOf(aside, arrived);
  }

  private static boolean isOf(Optional<LedgerEntry> entry, ArrivedFile arrived) {
    return entry
        .filter(LedgerEntry::isSettled)
        .filter(known -> known.isOf(arrived.url(), arrived.version()))
        .isPresent();
  }
}
