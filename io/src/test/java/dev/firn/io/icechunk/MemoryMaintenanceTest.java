package dev.firn.io.icechunk;

import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectStore;

class MemoryMaintenanceTest extends MaintenanceContract {
  @Override
  ObjectStore store() {
    return new MemoryObjectStore();
  }
}
