package dev.firn.io.netcdf;

import dev.firn.io.Origin;
import io.jhdf.GlobalHeap;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The global heap collections of a file (HDF5 format specification, III.E). */
final class Hdf5Heap implements Heap {
  private final HdfBackingStorage storage;
  private final Origin origin;
  private final Map<Long, String> paths;
  private final Map<Long, GlobalHeap> collections = new HashMap<>();

  Hdf5Heap(HdfBackingStorage storage, Origin origin, Map<Long, String> paths) {
    this.storage = storage;
    this.origin = origin;
    this.paths = paths;
  }

  @Override
  public ByteBuffer object(ByteBuffer reference) {
    long address =
        storage.getSizeOfOffsets() == Long.BYTES
            ? reference.getLong()
            : Integer.toUnsignedLong(reference.getInt());
    int index = reference.getInt();
    return LibraryCall.ask(
        "read global heap",
        Origin.of(origin.name(), address),
        () ->
            collections
                .computeIfAbsent(address, at -> new GlobalHeap(storage, at))
                .getObjectData(index));
  }

  @Override
  public Object referred(long address) {
    String path = paths.get(address);
    return path == null ? (Object) address : path;
  }
}
