package dev.firn.io.icechunk.format;

import dev.firn.io.icechunk.format.RepoStatus.Availability;
import java.util.List;

/** The table {@code RepoStatus}. */
final class RepoStatusTable {
  private static final List<Availability> CODES = List.of(Availability.values());
  private static final int AVAILABILITY = 0;
  private static final int SET_AT = 1;
  private static final int REASON = 2;

  private RepoStatusTable() {}

  static RepoStatus read(FlatTable table) {
    int availability = table.uint8(AVAILABILITY, 0);
    if (availability >= CODES.size()) {
      throw table.bytes().corrupt("availability " + availability + ", expected 0 to 2");
    }
    return new RepoStatus(
        CODES.get(availability),
        Timestamps.instant(table.uint63(SET_AT)),
        table.optionalString(REASON));
  }

  static int write(FlatWriter out, RepoStatus status) {
    int reason = out.optionalString(status.reason());
    return out.table(3)
        .int64(SET_AT, Timestamps.micros(status.setAt()))
        .pointer(REASON, reason)
        .uint8(AVAILABILITY, CODES.indexOf(status.availability()), 0)
        .end();
  }
}
