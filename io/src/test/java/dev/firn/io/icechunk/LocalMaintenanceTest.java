package dev.firn.io.icechunk;

import dev.firn.io.object.LocalObjectStore;
import dev.firn.io.object.ObjectStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalMaintenanceTest extends MaintenanceContract {
  @TempDir private Path folder;

  @Override
  ObjectStore store() {
    return new LocalObjectStore(folder);
  }
}
