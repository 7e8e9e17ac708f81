package dev.firn.cli;

import dev.firn.io.object.ObjectStores;
import dev.firn.io.object.UnfitStoreException;
import dev.firn.update.StoreLocation;
import java.io.IOException;

/** Refuses stores that do not keep what an archive needs of them. */
final class WritableStores {
  private WritableStores() {}

  /**
   * Probes where the archive at {@code url} is, which also holds its journal.
   *
   * @param undone what does not happen if it is refused: "published"
   */
  static void require(String url, String undone) throws IOException {
    try {
      ObjectStores.requireWritable(StoreLocation.parse(url).parentUrl());
    } catch (UnfitStoreException unfit) {
      throw new RefusedException(undone, unfit.getMessage());
    }
  }
}
