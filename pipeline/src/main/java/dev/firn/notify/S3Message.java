package dev.firn.notify;

import java.util.List;

/**
 * What a message says.
 *
 * @param announcements the objects that were created, in its order
 * @param ignored how many events it tells of that are none of creation
 * @param faults why parts of it, or all, cannot be understood
 */
record S3Message(List<Announcement> announcements, int ignored, List<String> faults) {
  /** Copies the lists. */
  S3Message {
    announcements = List.copyOf(announcements);
    faults = List.copyOf(faults);
  }

  static S3Message announcing(Announcement announcement) {
    return new S3Message(List.of(announcement), 0, List.of());
  }

  /** One event that is none of creation. */
  static S3Message ofNoInterest() {
    return new S3Message(List.of(), 1, List.of());
  }

  static S3Message malformed(String why) {
    return new S3Message(List.of(), 0, List.of(why));
  }

  boolean isMalformed() {
    return !faults.isEmpty();
  }
}
