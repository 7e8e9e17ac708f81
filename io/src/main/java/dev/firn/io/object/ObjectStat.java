package dev.firn.io.object;

import java.time.Instant;

/**
 * What a store knows of an object without reading it.
 *
 * @param path its name in the store
 * @param sizeBytes its length
 * @param etag its version
 * @param lastModified when it was written, in the store's time
 */
public record ObjectStat(ObjectPath path, long sizeBytes, ETag etag, Instant lastModified) {}
