package dev.firn.update;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.Origin;
import dev.firn.io.zarr.ZarrJson;

/** Root groups of archives that are compared, whichever run wrote them. */
final class RootDocument {
  private RootDocument() {}

  /** The document without the name of its ledger, which tells when files were read. */
  static byte[] withoutLedger(byte[] document) {
    ObjectNode root = (ObjectNode) ZarrJson.parse(document, Origin.of("root"));
    ((ObjectNode) root.get("attributes")).remove(Ledgers.ATTRIBUTE);
    return ZarrJson.write(root);
  }
}
