package dev.firn.update;

import dev.firn.dataset.SourceStep;
import dev.firn.dataset.VariableSource;
import dev.firn.dataset.VariableSpec;
import dev.firn.io.Origin;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileVersion;
import java.util.List;
import java.util.Optional;

/**
 * Where the field of one step of a variable is.
 *
 * @param variable which
 * @param step which of its fields
 * @param sources the ways in which files may have it, the first preferred
 * @param file that it was planned to be read from
 * @param url where that file was found
 * @param version at which it was found
 * @param range of the field's message; empty where the file is read whole
 */
record FieldRef(
    VariableSpec variable,
    SourceStep step,
    List<VariableSource> sources,
    SourceFile file,
    String url,
    FileVersion version,
    Optional<ByteRange> range) {

  /** Where errors are placed. */
  Origin origin() {
    return Origin.of(url, range.map(ByteRange::offset).orElse(0L));
  }

  /** How much is fetched for it. */
  long bytes() {
    return range.map(ByteRange::lengthBytes).orElse(version.sizeBytes());
  }

  /** What it is wanted as. */
  WantedField wanted() {
    return new WantedField(variable.path(), step);
  }

  /** The same field in another place of the file. */
  FieldRef at(ByteRange elsewhere) {
    return new FieldRef(variable, step, sources, file, url, version, Optional.of(elsewhere));
  }
}
