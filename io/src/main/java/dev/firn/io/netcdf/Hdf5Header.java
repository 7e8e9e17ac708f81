package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import io.jhdf.AbstractNode;
import io.jhdf.ObjectHeader;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the object header of a dataset says of its values and where they are. */
final class Hdf5Header {
  private static final int NULL_SPACE = 2;
  private static final int OLDEST_COMMITTED_VERSION = 2;

  private final String path;
  private final Dataset dataset;
  private final HdfBackingStorage storage;
  private final Origin origin;
  private final ObjectHeader messages;
  private final NetcdfType type;

  Hdf5Header(String path, Dataset dataset, HdfBackingStorage storage, Origin origin) {
    this.path = path;
    this.dataset = dataset;
    this.storage = storage;
    this.origin = origin;
    this.messages = ((AbstractNode) dataset).getHeader();
    refuseShared();
    this.type = new Hdf5Types("variable " + path, origin).type(dataType());
  }

  /** Only a type can be shared: the library takes what points to a message for the message. */
  private void refuseShared() {
    for (Message message : messages.getMessages()) {
      if (message.isMessageShared() && !(message instanceof DataTypeMessage)) {
        throw new UnsupportedFeatureException(
            "shared HDF5 message of type %d of variable %s"
                .formatted(message.getMessageType(), path),
            origin);
      }
    }
  }

  /** The type; of one that was given a name, the one that the name stands for. */
  private DataType dataType() {
    DataTypeMessage message = messages.getMessageOfType(DataTypeMessage.class);
    if (!message.isMessageShared()) {
      return message.getDataType();
    }
    ByteBuffer shared =
        Hdf5Messages.find(storage, dataset.getAddress(), DataTypeMessage.MESSAGE_TYPE, origin)
            .orElseThrow();
    int version = shared.get();
    int kind = shared.get();
    if (version < OLDEST_COMMITTED_VERSION || kind == 1) {
      throw new UnsupportedFeatureException(
          "shared HDF5 datatype, version %d, of variable %s".formatted(version, path), origin);
    }
    long address = Hdf5Messages.unsigned(shared, storage.getSizeOfOffsets());
    return ObjectHeader.readObjectHeader(storage, address)
        .getMessageOfType(DataTypeMessage.class)
        .getDataType();
  }

  NetcdfVariable.VariableHeader variable(
      Hdf5Dimensions dimensions, Map<String, NetcdfAttribute> attributes) {
    return new NetcdfVariable.VariableHeader(
        path,
        type,
        dimensions.of(attributes, dataset, shape()),
        chunkShape(),
        ChunkFilters.names(filters()),
        Hdf5Dimensions.shown(attributes));
  }

  VariableStorage storage(Heap heap, NetcdfVariable.VariableHeader shown) {
    byte[] fill = fill();
    VariableStorage stored = storage(heap, fill);
    List<Integer> shape = shown.dimensions().stream().map(NetcdfDimension::length).toList();
    return shape.equals(shape()) ? stored : new PaddedStorage(stored, shape(), fill);
  }

  private VariableStorage storage(Heap heap, byte[] fill) {
    DataLayoutMessage layout = messages.getMessageOfType(DataLayoutMessage.class);
    if (layout instanceof CompactDataLayoutMessage compact) {
      return new Hdf5Block(this, compact.getDataBuffer(), fill, heap);
    } else if (dataset instanceof ContiguousDataset contiguous) {
      return new Hdf5Block(this, contiguous(contiguous), fill, heap);
    }
    return new Hdf5Chunks(this, layout, fill, heap);
  }

  private ByteBuffer contiguous(ContiguousDataset contiguous) {
    long address = contiguous.getDataAddress();
    if (contiguous.isEmpty() || shape().contains(0)) {
      return ByteBuffer.allocate(0);
    }
    long length = Math.multiplyExact(Slab.size(shape()), type.sizeBytes());
    return bytes(address, length, "values");
  }

  /** Bytes of the file that {@code what} is in. */
  ByteBuffer bytes(long address, long length, String what) {
    long end = storage.size() - storage.getUserBlockSize();
    if (address < 0 || length < 0 || length > end - address) {
      throw new CorruptInputException(
          "read variable " + path,
          Origin.of(origin.name(), address),
          "%s of %d bytes, the file ends at %d".formatted(what, length, end));
    }
    return storage.map(address, length);
  }

  private byte[] fill() {
    byte[] fill = new byte[type.sizeBytes()];
    if (messages.hasMessageOfType(FillValueMessage.class)) {
      FillValueMessage message = messages.getMessageOfType(FillValueMessage.class);
      if (message.isFillValueDefined()) {
        ByteBuffer value = message.getFillValue();
        if (value.remaining() != fill.length) {
          throw new CorruptInputException(
              "read fill value of variable " + path,
              origin,
              "it has %d bytes, not %d".formatted(value.remaining(), fill.length));
        }
        value.get(fill);
      }
    }
    return fill;
  }

  List<FilterInfo> filters() {
    return messages.hasMessageOfType(FilterPipelineMessage.class)
        ? messages.getMessageOfType(FilterPipelineMessage.class).getFilters()
        : List.of();
  }

  Optional<List<Integer>> chunkShape() {
    DataLayoutMessage layout = messages.getMessageOfType(DataLayoutMessage.class);
    int rank = shape().size();
    int[] chunk;
    if (layout instanceof ChunkedDataLayoutMessage chunked) {
      chunk = chunked.getChunkDimensions();
    } else if (layout instanceof ChunkedDataLayoutMessageV4 chunked) {
      chunk = chunked.getChunkDimensions();
      chunk = Arrays.copyOf(chunk, Math.max(0, chunk.length - 1));
    } else {
      return Optional.empty();
    }
    if (chunk.length != rank || Arrays.stream(chunk).anyMatch(length -> length < 1)) {
      throw new CorruptInputException(
          "read layout of variable " + path,
          origin,
          "chunks are %s, the variable is %s".formatted(Arrays.toString(chunk), shape()));
    }
    return Optional.of(Arrays.stream(chunk).boxed().toList());
  }

  List<Integer> shape() {
    if (messages.getMessageOfType(DataSpaceMessage.class).getDataSpace().getType() == NULL_SPACE) {
      return List.of(0);
    }
    return Arrays.stream(dataset.getDimensions()).boxed().toList();
  }

  String path() {
    return path;
  }

  NetcdfType type() {
    return type;
  }

  Origin origin() {
    return origin;
  }

  HdfBackingStorage file() {
    return storage;
  }

  long address() {
    return dataset.getAddress();
  }
}
