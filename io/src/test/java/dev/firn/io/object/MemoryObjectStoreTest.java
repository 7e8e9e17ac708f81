package dev.firn.io.object;

class MemoryObjectStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore store() {
    return new MemoryObjectStore();
  }
}
