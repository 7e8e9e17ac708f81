package dev.firn.live;

import dev.firn.update.ArrivedFile;
import dev.firn.update.SourceFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What an archive has of its sources, as it was when this was asked for. */
public interface Holdings {

  /** Whether the archive has what this version of a file says, or has judged it before. */
  boolean has(SourceFile file, ArrivedFile version) throws IOException;

  /** All files that sources should have of a position of the append dimension. */
  List<SourceFile> files(long position, Instant now);

  /** Those of them that the archive has not all of, or not the newest version. */
  List<SourceFile> missing(long position, Instant now) throws IOException;
}
