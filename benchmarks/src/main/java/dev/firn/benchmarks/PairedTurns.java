package dev.firn.benchmarks;

import java.io.IOException;
import java.util.Arrays;

/**
 * Both sides in turns, round after round, so that whatever slows the machine for a while slows
 * both.
 */
final class PairedTurns {
  /** One side's turn. */
  interface Side {
    Turn turn() throws IOException;
  }

  /**
   * Medians over the rounds.
   *
   * @param firnPerSecond what Firn did
   * @param eccodesPerSecond what ecCodes did
   * @param ratio of Firn's to ecCodes', of the two turns of a round
   */
  record Medians(double firnPerSecond, double eccodesPerSecond, double ratio) {}

  /** Rounds that are not counted. */
  static final int WARM_UPS = 3;

  private final int rounds;

  PairedTurns(int rounds) {
    this.rounds = rounds;
  }

  /** Runs all rounds. */
  Medians run(Side firn, Side eccodes) throws IOException {
    double[] firnRates = new double[rounds];
    double[] eccodesRates = new double[rounds];
    double[] ratios = new double[rounds];
    for (int round = -WARM_UPS; round < rounds; round++) {
      double firnRate = firn.turn().itemsPerSecond();
      double eccodesRate = eccodes.turn().itemsPerSecond();
      if (round >= 0) {
        firnRates[round] = firnRate;
        eccodesRates[round] = eccodesRate;
        ratios[round] = firnRate / eccodesRate;
      }
    }
    return new Medians(median(firnRates), median(eccodesRates), median(ratios));
  }

  private static double median(double[] numbers) {
    Arrays.sort(numbers);
    return numbers[numbers.length / 2];
  }
}
