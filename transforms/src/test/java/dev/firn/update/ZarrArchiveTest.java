package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.object.ObjectStores;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZarrArchiveTest extends ArchiveStoreContract {
  @TempDir Path directory;

  @Override
  ArchiveStore open() {
    return ArchiveStore.open(
        StoreLocation.parse("file://" + directory.resolve("tiny.zarr")), ObjectStores::open);
  }

  @Override
  ShardCopy absent() {
    return new ShardCopy(StoreRole.PRIMARY, new ShardVersion("1-2.3-4"), Optional.empty());
  }

  @Test
  void otherFormatsAreRefused() {
    var unsupported =
        assertThrows(
            UnsupportedFeatureException.class,
            () -> ArchiveStore.open(new StoreLocation("file:///x", "a.h5"), ObjectStores::open));

    assertThat(unsupported.getMessage(), containsString("store format of 'a.h5'"));
  }
}
