package dev.firn.live;

import dev.firn.update.ArrivedFile;
import dev.firn.update.SourceFile;
import java.time.Instant;

/**
 * A source file that is ready to be read.
 *
 * @param dataset whose file it is
 * @param position of the append dimension
 * @param file as the dataset's definition plans it
 * @param arrived what is there, at the place where it was found
 * @param heard when it was found ready
 */
public record Arrival(
    String dataset, long position, SourceFile file, ArrivedFile arrived, Instant heard) {

  boolean isSameFileAs(Arrival other) {
    return position == other.position && file.urls().equals(other.file.urls());
  }

  /** What is there, under the name that the dataset's definition has for it. */
  ArrivedFile named() {
    return new ArrivedFile(
        file.urls().get(0), arrived.version(), arrived.sizeBytes(), arrived.available());
  }

  boolean isSameVersionAs(Arrival other) {
    return isSameFileAs(other) && arrived.version().equals(other.arrived.version());
  }
}
