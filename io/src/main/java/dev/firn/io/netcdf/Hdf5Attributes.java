package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import io.jhdf.ObjectHeader;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.AttributeNameForIndexedAttributesRecord;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the attributes of groups and variables.
 *
 * @param owner of them, as errors name it
 */
record Hdf5Attributes(String owner, Origin origin, HdfBackingStorage file, Heap heap) {
  private static final long NOWHERE = -1;
  private static final int SHARED = 1;

  /** All but {@code REFERENCE_LIST}, which says of a dimension what variables say themselves. */
  Map<String, NetcdfAttribute> of(ObjectHeader header) {
    return LibraryCall.ask(
        "read attributes of " + owner,
        origin,
        () -> {
          Map<String, NetcdfAttribute> attributes = new LinkedHashMap<>();
          for (AttributeMessage message : messages(header)) {
            if (!message.getName().equals(Hdf5Dimensions.REFERENCES)) {
              attributes.put(message.getName(), read(message));
            }
          }
          return attributes;
        });
  }

  /** Those in the header, and those in a heap where there are many. */
  private List<AttributeMessage> messages(ObjectHeader header) {
    List<AttributeMessage> messages = new ArrayList<>();
    for (AttributeMessage message : header.getMessagesOfType(AttributeMessage.class)) {
      if (message.isMessageShared()) {
        throw new UnsupportedFeatureException("shared HDF5 attribute of " + owner, origin);
      }
      messages.add(message);
    }
    for (AttributeInfoMessage info : header.getMessagesOfType(AttributeInfoMessage.class)) {
      if (info.getFractalHeapAddress() != NOWHERE) {
        addFromHeap(info, messages);
      }
    }
    return messages;
  }

  private void addFromHeap(AttributeInfoMessage info, List<AttributeMessage> messages) {
    Hdf5FractalHeap many = new Hdf5FractalHeap(file, info.getFractalHeapAddress(), origin);
    List<AttributeNameForIndexedAttributesRecord> records =
        new BTreeV2<AttributeNameForIndexedAttributesRecord>(
                file, info.getAttributeNameBTreeAddress())
            .getRecords();
    records.stream()
        .sorted(Comparator.comparingLong(AttributeNameForIndexedAttributesRecord::getCreationOrder))
        .forEach(
            record -> {
              if (record.getFlags().get(SHARED)) {
                throw new UnsupportedFeatureException("shared HDF5 attribute of " + owner, origin);
              }
              ByteBuffer bytes = many.object(record.getHeapId());
              messages.add(new AttributeMessage(bytes, file, record.getFlags()));
            });
  }

  private NetcdfAttribute read(AttributeMessage message) {
    String described = "attribute " + message.getName() + " of " + owner;
    NetcdfType type = new Hdf5Types(described, origin).type(message.getDataType());
    ByteBuffer stored = message.getDataBuffer();
    if (stored == null) {
      return new NetcdfAttribute(message.getName(), type, List.of(0), List.of());
    }
    List<Integer> shape = Arrays.stream(message.getDataSpace().getDimensions()).boxed().toList();
    long size = Slab.size(shape);
    if (size > stored.remaining() / type.sizeBytes()) {
      throw new CorruptInputException(
          "read " + described,
          origin,
          "%s values of %d bytes are stored in %d"
              .formatted(shape, type.sizeBytes(), stored.remaining()));
    }
    ElementReader reader = new ElementReader(stored.slice(), heap);
    return new NetcdfAttribute(message.getName(), type, shape, reader.list(type, 0, (int) size));
  }
}
