package dev.firn.io.icechunk.format;

import dev.firn.io.Origin;
import java.util.Optional;

/** Reads all of a file, and writes again what it holds. */
final class FileRewriter {
  private static final int LEVEL = 3;
  private static final LocationCompression EARLY = new LocationCompression(20, 100, 2048, 3);

  private FileRewriter() {}

  static byte[] rewrite(FileType type, byte[] file, Origin origin) {
    return switch (type) {
      case REPO_INFO -> RepoInfo.parse(file, origin).toBytes();
      case SNAPSHOT -> Snapshot.parse(file, origin).toBytes();
      case MANIFEST -> rewrite(Manifest.parse(file, origin));
      case TRANSACTION_LOG -> rewrite(TransactionLog.parse(file, origin));
    };
  }

  static byte[] rewrite(Manifest manifest) {
    ManifestWriter writer = new ManifestWriter(manifest.id(), Optional.of(EARLY));
    for (NodeId node : manifest.nodes()) {
      for (IndexedChunkRef entry : manifest.refs(node)) {
        writer.add(node, entry.index(), entry.ref());
      }
    }
    return writer.finish(LEVEL);
  }

  static byte[] rewrite(TransactionLog log) {
    TransactionLogWriter writer = new TransactionLogWriter(log.id(), log.nodes(), log.moves());
    for (NodeId array : log.arraysWithUpdatedChunks()) {
      log.updatedChunks(array).forEach(index -> writer.addUpdatedChunk(array, index));
    }
    return writer.finish(LEVEL);
  }
}
