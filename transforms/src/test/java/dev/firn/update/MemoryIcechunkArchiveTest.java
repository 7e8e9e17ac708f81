package dev.firn.update;

import dev.firn.io.object.MemoryObjectStore;

class MemoryIcechunkArchiveTest extends ArchiveStoreContract {
  private final MemoryObjectStore memory = new MemoryObjectStore();

  @Override
  ArchiveStore open() {
    return ArchiveStore.open(StoreLocation.parse("memory:/tiny.icechunk"), url -> memory);
  }

  @Override
  ShardCopy absent() {
    return IcechunkArchiveTest.NEVER_WRITTEN;
  }
}
