package dev.firn.io.icechunk.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code Snapshot}, of both versions. */
final class SnapshotFile {
  private static final int ID = 0;
  private static final int PARENT = 1;
  static final int NODES = 2;
  private static final int FLUSHED_AT = 3;
  private static final int MESSAGE = 4;
  private static final int METADATA = 5;
  private static final int MANIFESTS_1 = 6;
  private static final int MANIFESTS_2 = 7;
  private static final int FIELDS = 9;

  /** The struct {@code ManifestFileInfo}: id, padding, size, number of references, padding. */
  private static final int MANIFEST_BYTES = 32;

  private static final int MANIFEST_SIZE_AT = 16;
  private static final int MANIFEST_COUNT_AT = 24;
  private static final int MANIFEST_ALIGNMENT = 8;

  private SnapshotFile() {}

  static Snapshot read(FlatTable table, int specVersion) {
    return new Snapshot(
        table.snapshotId(ID),
        table.has(PARENT) ? Optional.of(table.snapshotId(PARENT)) : Optional.empty(),
        table.pointers(NODES).tables(NodeTable::read),
        Timestamps.instant(table.uint63(FLUSHED_AT)),
        table.string(MESSAGE),
        MetadataItems.read(table.pointers(METADATA), specVersion),
        manifests(table));
  }

  static List<ManifestInfo> manifests(FlatTable table) {
    if (table.has(MANIFESTS_2)) {
      List<ManifestInfo> manifests = new ArrayList<>();
      for (FlatTable info : table.pointers(MANIFESTS_2).tables()) {
        manifests.add(new ManifestInfo(info.manifestId(0), info.uint63(1), info.uint32(2)));
      }
      return manifests;
    }
    FlatBytes bytes = table.bytes();
    return table
        .vector(MANIFESTS_1, MANIFEST_BYTES)
        .elements(
            at ->
                new ManifestInfo(
                    bytes.manifestId(at),
                    bytes.int64(at + MANIFEST_SIZE_AT),
                    bytes.uint32(at + MANIFEST_COUNT_AT)));
  }

  static FlatWriter write(Snapshot snapshot) {
    FlatWriter out = new FlatWriter();
    int manifests = manifests(out, snapshot.manifests());
    int noManifests = out.emptyVector(MANIFEST_ALIGNMENT);
    int metadata = MetadataItems.write(out, snapshot.metadata());
    int message = out.string(snapshot.message());
    Positions tables = new Positions();
    for (Node node : snapshot.nodes()) {
      tables.add(NodeTable.write(out, node));
    }
    int nodes = out.pointers(tables);
    return out.finish(
        out.table(FIELDS)
            .int64(FLUSHED_AT, Timestamps.micros(snapshot.flushedAt()))
            .pointer(NODES, nodes)
            .pointer(MESSAGE, message)
            .pointer(METADATA, metadata)
            .pointer(MANIFESTS_1, noManifests)
            .pointer(MANIFESTS_2, manifests)
            .struct(ID, snapshot.id().bytes())
            .end());
  }

  private static int manifests(FlatWriter out, List<ManifestInfo> manifests) {
    Positions tables = new Positions();
    for (ManifestInfo info : manifests) {
      tables.add(
          out.table(4)
              .int64(1, info.sizeBytes())
              .int32(2, (int) info.chunkRefs())
              .struct(0, info.id().bytes())
              .end());
    }
    return out.pointers(tables);
  }
}
