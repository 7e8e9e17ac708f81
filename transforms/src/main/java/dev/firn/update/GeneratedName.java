package dev.firn.update;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Names made from others within the limits of what they name. Other characters than lower-case
 * letters and digits become single hyphens; a name that is too long is cut and ends in six
 * characters of a hash of the whole.
 */
public final class GeneratedName {
  /** Kubernetes: a label, and so a pod's name and host name. */
  private static final int POD_LENGTH = 63;

  /** What Kubernetes appends to the name of a pod beside its index: {@code -} and five letters. */
  private static final int POD_SUFFIX_LENGTH = 6;

  /** Leaves room for what a cron job's jobs and their pods append to its name. */
  private static final int CRON_LENGTH = 42;

  private static final int HASH_LENGTH = 6;

  private GeneratedName() {}

  /**
   * The name of a Kubernetes job so short that the names of its pods, with their index and a random
   * suffix, are whole.
   *
   * @param workers how many pods it has at once
   */
  public static String job(String text, int workers) {
    int indexLength = ("-" + (workers - 1)).length();
    return within(POD_LENGTH - POD_SUFFIX_LENGTH - indexLength, text);
  }

  /** The name of a Kubernetes cron job. */
  public static String cronJob(String text) {
    return within(CRON_LENGTH, text);
  }

  /** The branch on which an Icechunk repository gathers what job {@code job} writes. */
  public static String branch(String job) {
    return "_job_" + JobName.check(job);
  }

  private static String within(int length, String text) {
    String name = hyphenated(text.toLowerCase(Locale.ROOT));
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot make a name of '" + text + "': it has no letter or digit");
    }
    if (name.length() <= length) {
      return name;
    }
    String hash = Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
    return hyphenated(name.substring(0, length - HASH_LENGTH - 1)) + "-" + hash;
  }

  private static String hyphenated(String text) {
    return text.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
