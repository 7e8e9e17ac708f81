package dev.firn.cli;

import dev.firn.update.UpdateOutcome;

/** The exit codes of all commands. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  static final int REFUSED = 3;
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(UpdateOutcome.Status status) {
    return switch (status) {
      case PUBLISHED, PARTIAL, NOTHING_NEW -> DONE;
      case FAILED -> FAILED;
      case INVALID -> WRONG_USAGE;
      case REFUSED, BUSY -> REFUSED;
    };
  }
}
