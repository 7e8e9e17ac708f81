package dev.firn.io.netcdf;

import dev.firn.io.Origin;
import io.jhdf.AbstractNode;
import io.jhdf.HdfFile;
import io.jhdf.ObjectHeader;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.links.ExternalLink;
import io.jhdf.links.SoftLink;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is in a group, by name. Links in a heap, where there are many, are not left to jhdf. */
record Hdf5Links(HdfFile file, Origin origin) {
  private static final long NOWHERE = -1;

  Map<String, Node> of(Group group) {
    HdfBackingStorage storage = file.getHdfBackingStorage();
    ObjectHeader header = header(group);
    Map<String, Node> children = new LinkedHashMap<>();
    for (LinkInfoMessage info : header.getMessagesOfType(LinkInfoMessage.class)) {
      if (info.getBTreeNameIndexAddress() != NOWHERE) {
        Hdf5FractalHeap heap = new Hdf5FractalHeap(storage, info.getFractalHeapAddress(), origin);
        for (LinkNameForIndexedGroupRecord link :
            new BTreeV2<LinkNameForIndexedGroupRecord>(storage, info.getBTreeNameIndexAddress())
                .getRecords()) {
          LinkMessage message =
              LinkMessage.fromBuffer(heap.object(link.getId()), storage.getSuperblock());
          children.put(message.getLinkName(), node(message, group));
        }
        return children;
      }
    }
    return group.getChildren();
  }

  private ObjectHeader header(Group group) {
    return group instanceof AbstractNode node
        ? node.getHeader()
        : ObjectHeader.readObjectHeader(file.getHdfBackingStorage(), group.getAddress());
  }

  private Node node(LinkMessage link, Group group) {
    return switch (link.getLinkType()) {
      case HARD -> file.getNodeByAddress(link.getHardLinkAddress());
      case SOFT -> new SoftLink(link.getSoftLink(), link.getLinkName(), group);
      case EXTERNAL ->
          new ExternalLink(
              link.getExternalFile(), link.getExternalPath(), link.getLinkName(), group);
    };
  }
}
