package dev.firn.io.object;

class MemoryObjectStoreTest extends ObjectStoreContract {
  @Override
  ObjectStore store() {
    return new MemoryObjectStore();
  }
}
