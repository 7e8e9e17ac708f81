package dev.firn.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lead times as people write them: "0 to 120 by 1, 123 to 384 by 3". */
final class LeadTimeRanges {
  private LeadTimeRanges() {}

  static String text(List<Duration> leads) {
    List<String> ranges = new ArrayList<>();
    int from = 0;
    while (from < leads.size()) {
      int to = Math.min(from + 1, leads.size() - 1);
      Duration step = leads.get(to).minus(leads.get(from));
      while (to + 1 < leads.size() && leads.get(to + 1).minus(leads.get(to)).equals(step)) {
        to++;
      }
      ranges.add(
          to == from
              ? hours(leads.get(from))
              : hours(leads.get(from)) + " to " + hours(leads.get(to)) + " by " + hours(step));
      from = to + 1;
    }
    return String.join(", ", ranges);
  }

  private static String hours(Duration duration) {
    return String.valueOf(duration.toHours());
  }
}
