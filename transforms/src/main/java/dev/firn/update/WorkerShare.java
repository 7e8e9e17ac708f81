package dev.firn.update;

import dev.firn.dataset.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/**
 * The jobs of one of several plain processes that share an update. Every job is in exactly one
 * share; a share may be empty.
 *
 * @param index which process, counted from 0
 * @param total how many there are
 */
public record WorkerShare(int index, int total) {
  /** Checks that there is such a worker. */
  public WorkerShare {
    if (total < 1 || index < 0 || index >= total) {
      throw new ConfigurationException(
          "Invalid worker "
              + index
              + " of "
              + total
              + ": expected an index from 0 to the number of workers less 1");
    }
  }

  /**
   * Every {@code total}-th job of the order that bit-reversed positions give, so that workers that
   * begin together are far apart in the archive, and so in the source.
   */
  public <T> List<T> spread(List<T> jobs) {
    int bits = 32 - Integer.numberOfLeadingZeros(Math.max(0, jobs.size() - 1));
    List<T> share = new ArrayList<>();
    int place = 0;
    for (int number = 0; number < 1 << bits; number++) {
      int position = bits == 0 ? 0 : Integer.reverse(number) >>> (32 - bits);
      if (position < jobs.size()) {
        if (place % total == index) {
          share.add(jobs.get(position));
        }
        place++;
      }
    }
    return share;
  }

  /** A block of neighbouring jobs: for archives whose writes cost least beside each other. */
  public <T> List<T> contiguous(List<T> jobs) {
    return List.copyOf(jobs.subList(start(jobs.size(), index), start(jobs.size(), index + 1)));
  }

  private int start(int jobs, int worker) {
    return Math.toIntExact((long) jobs * worker / total);
  }
}
