package dev.firn.io.source;

import java.io.IOException;

/**
 * A file is no longer at the version that is being read: it was replaced, has grown, or is gone.
 */
public final class FileChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String url;

  /** The file at {@code url}, and {@code how} it differs. */
  public FileChangedException(String url, String how) {
    super("Cannot go on reading " + url + ": it has changed meanwhile: " + how);
    this.url = url;
  }

  /** Which file. */
  public String url() {
    return url;
  }
}
