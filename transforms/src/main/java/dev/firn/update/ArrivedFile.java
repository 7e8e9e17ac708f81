package dev.firn.update;

import dev.firn.io.object.ETag;
import java.time.Instant;
import java.util.Optional;

/**
 * A source file that is there, or is said to be.
 *
 * @param url where, as the dataset's definition names it
 * @param version its version, if it is known
 * @param sizeBytes its size, 0 if it is not known
 * @param available since when it has been there, as its store says
 */
public record ArrivedFile(String url, Optional<ETag> version, long sizeBytes, Instant available) {}
