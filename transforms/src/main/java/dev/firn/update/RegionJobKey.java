package dev.firn.update;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a region job within its update.
 *
 * @param region the region's number
 * @param group the variable group's number
 */
public record RegionJobKey(long region, int group) implements Comparable<RegionJobKey> {
  private static final Pattern FORM = Pattern.compile("region-(\\d+)-group-(\\d+)");

  /** Reads what {@link #toString} wrote. */
  public static RegionJobKey parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Invalid region job key '" + text + "': expected region-N-group-M");
    }
    return new RegionJobKey(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public int compareTo(RegionJobKey other) {
    int regions = Long.compare(region, other.region);
    return regions != 0 ? regions : Integer.compare(group, other.group);
  }

  @Override
  public String toString() {
    return "region-" + region + "-group-" + group;
  }
}
