package dev.firn.update;

/**
 * How many fields stand how with their sources.
 *
 * @param expected that the dataset's definition names
 * @param ingested that are in the archive
 * @param announced that are not, and whose file could not be read as yet
 * @param missing that are not, and whose file was read without finding them
 * @param quarantined that are not, and whose file was set aside
 * @param replaced that are in the archive, of a version that a later one has replaced which could
 *     not be read
 */
public record LedgerCounts(
    long expected, long ingested, long announced, long missing, long quarantined, long replaced) {
  /** Of nothing. */
  public static final LedgerCounts NONE = new LedgerCounts(0, 0, 0, 0, 0, 0);

  /** Fields that nothing was heard of. */
  public long unheard() {
    return Math.max(0, expected - ingested - announced - missing - quarantined);
  }

  /** Fields that are expected and not in the archive. */
  public long holes() {
    return Math.max(0, expected - ingested);
  }

  /** These and others. */
  public LedgerCounts plus(LedgerCounts others) {
    return new LedgerCounts(
        expected + others.expected,
        ingested + others.ingested,
        announced + others.announced,
        missing + others.missing,
        quarantined + others.quarantined,
        replaced + others.replaced);
  }
}
