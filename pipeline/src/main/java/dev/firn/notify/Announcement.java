package dev.firn.notify;

import dev.firn.io.object.ETag;
import dev.firn.update.ArrivedFile;
import java.time.Instant;
import java.util.Optional;

/**
 * An object that a notification says was created. That it is there, and is still this version of
 * it, is for its store to say.
 *
 * @param url {@code s3://bucket/key}
 * @param version its ETag in quotation marks, as stores name it, if it was told
 * @param sizeBytes its size, 0 if it was not told
 * @param time when it was created
 * @param sequencer of two of one object the greater is the later, once both are filled with zeros
 *     on the left to one length; empty if it was not told
 */
public record Announcement(
    String url, Optional<ETag> version, long sizeBytes, Instant time, String sequencer) {

  /** The file that it says has come. */
  public ArrivedFile file() {
    return new ArrivedFile(url, version, sizeBytes, time);
  }
}
