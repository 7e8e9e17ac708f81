package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import io.jhdf.btree.BTreeV1;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.dataset.chunked.indexing.BTreeIndex;
import io.jhdf.dataset.chunked.indexing.ChunkIndex;
import io.jhdf.dataset.chunked.indexing.ExtensibleArrayIndex;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndex;
import io.jhdf.dataset.chunked.indexing.ImplicitChunkIndex;
import io.jhdf.dataset.chunked.indexing.SingleChunkIndex;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.storage.HdfBackingStorage;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Where the chunks of a variable are, by the place of their first value. */
record Hdf5ChunkIndex(Hdf5Header header, DataLayoutMessage layout) {
  private static final long NOWHERE = -1;
  private static final int UNFILTERED_EDGES = 1;

  Map<List<Integer>, Chunk> chunks() {
    Collection<Chunk> chunks =
        layout instanceof ChunkedDataLayoutMessageV4 newer
            ? newer(newer)
            : older((ChunkedDataLayoutMessage) layout);
    Map<List<Integer>, Chunk> index = new HashMap<>();
    for (Chunk chunk : chunks) {
      if (chunk.getAddress() != NOWHERE) {
        List<Integer> offset = Arrays.stream(chunk.getChunkOffset()).boxed().toList();
        checkOffset(offset);
        if (index.put(offset, chunk) != null) {
          throw corrupt("there are two chunks " + offset);
        }
      }
    }
    return index;
  }

  private void checkOffset(List<Integer> offset) {
    List<Integer> chunk = header.chunkShape().orElseThrow();
    if (IntStream.range(0, chunk.size()).anyMatch(i -> offset.get(i) % chunk.get(i) != 0)) {
      throw corrupt("there is a chunk at %s, their shape is %s".formatted(offset, chunk));
    }
  }

  private Collection<Chunk> older(ChunkedDataLayoutMessage layout) {
    if (layout.getBTreeAddress() == NOWHERE) {
      return List.of();
    }
    return List.copyOf(
        BTreeV1.createDataBTree(header.file(), layout.getBTreeAddress(), header.shape().size())
            .getChunks());
  }

  private Collection<Chunk> newer(ChunkedDataLayoutMessageV4 layout) {
    refuseUnfilteredEdges();
    long address = layout.getAddress();
    if (address == NOWHERE) {
      return List.of();
    }
    HdfBackingStorage file = header.file();
    int[] chunk = array(header.chunkShape().orElseThrow());
    int chunkBytes =
        Math.toIntExact(Slab.size(header.chunkShape().orElseThrow()) * header.type().sizeBytes());
    DatasetInfo info = new DatasetInfo(chunkBytes, array(header.shape()), chunk);
    ChunkIndex index =
        switch (layout.getIndexingType()) {
          case 1 -> new SingleChunkIndex(layout, info);
          case 2 -> {
            checkCount(chunk, chunkBytes);
            yield new ImplicitChunkIndex(address, info);
          }
          case 3 -> {
            checkCount(chunk, file.getSizeOfOffsets());
            yield new FixedArrayIndex(file, address, info);
          }
          case 4 -> new ExtensibleArrayIndex(file, address, info);
          case 5 -> new BTreeIndex(file, address, info);
          default -> throw corrupt("there is no index of type " + layout.getIndexingType());
        };
    return index.getAllChunks();
  }

  private static int[] array(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The library makes a list of as many chunks as the shape says. */
  private void checkCount(int[] chunk, int bytesEach) {
    List<Integer> shape = header.shape();
    long count = 1;
    for (int i = 0; i < chunk.length; i++) {
      count = Math.multiplyExact(count, ((long) shape.get(i) + chunk[i] - 1) / chunk[i]);
    }
    if (count > header.file().size() / bytesEach) {
      throw corrupt(
          "%s values in chunks of %s take more than the file"
              .formatted(shape, Arrays.toString(chunk)));
    }
  }

  /** Chunks at the edge may have gone through no filter; the library does not say so. */
  private void refuseUnfilteredEdges() {
    int flags =
        Hdf5Messages.find(
                header.file(), header.address(), DataLayoutMessage.MESSAGE_TYPE, header.origin())
            .orElseThrow()
            .get(2);
    if ((flags & UNFILTERED_EDGES) != 0 && !header.filters().isEmpty()) {
      throw new UnsupportedFeatureException(
          "HDF5 layout with unfiltered chunks at the edge of variable " + header.path(),
          header.origin());
    }
  }

  private CorruptInputException corrupt(String detail) {
    return new CorruptInputException(
        "read chunk index of variable " + header.path(), header.origin(), detail);
  }
}
