package dev.firn.update;

import java.util.Optional;

/**
 * A shard in one of the stores.
 *
 * @param role the store
 * @param version what is durable there now
 * @param replaces what was there before, if anything was
 */
public record ShardCopy(StoreRole role, ShardVersion version, Optional<ShardVersion> replaces) {}
