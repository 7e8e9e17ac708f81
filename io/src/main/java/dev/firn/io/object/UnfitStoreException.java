package dev.firn.io.object;

import java.io.IOException;

/** A store does not keep what {@link ObjectStore} promises. */
public final class UnfitStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Of the store at {@code url}, which {@code does} something else. */
  UnfitStoreException(String url, String does, String cure) {
    super("Cannot write " + url + ": the server " + does + ". " + cure);
  }
}
