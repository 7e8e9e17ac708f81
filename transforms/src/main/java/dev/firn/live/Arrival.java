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
 * @param arrived what is there
 * @param heard when it was found ready
 */
public record Arrival(
    String dataset, long position, SourceFile file, ArrivedFile arrived, Instant heard) {

  boolean isSameFileAs(Arrival other) {
    return position == other.position && arrived.url().equals(other.arrived.url());
  }

  boolean isSameVersionAs(Arrival other) {
    return isSameFileAs(other) && arrived.version().equals(other.arrived.version());
  }
}
