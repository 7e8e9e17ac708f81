package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ManifestInfo;
import dev.firn.io.icechunk.format.ManifestRef;
import java.util.List;
import java.util.Optional;

/**
 * A manifest that was written for a commit to come.
 *
 * @param job what it was written for
 * @param ref how the array refers to it; empty when the part has no chunks
 * @param info how the snapshot lists it; empty when the part has no chunks
 * @param changed the chunks that were set or deleted, ascending
 */
public record WrittenManifest(
    ManifestJob job,
    Optional<ManifestRef> ref,
    Optional<ManifestInfo> info,
    List<ChunkIndex> changed) {}
