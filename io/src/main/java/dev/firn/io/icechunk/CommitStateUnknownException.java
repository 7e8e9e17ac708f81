package dev.firn.io.icechunk;

import java.io.IOException;

/**
 * The store failed while the repo info file was written, and then failed to tell what it holds: the
 * change may have been made, or not. Looking at the repository later tells.
 */
public final class CommitStateUnknownException extends IOException {
  private static final long serialVersionUID = 1L;

  CommitStateUnknownException(String repository, IOException cause) {
    super(
        "Cannot tell whether the change of " + repository + " was made: " + cause.getMessage(),
        cause);
  }
}
