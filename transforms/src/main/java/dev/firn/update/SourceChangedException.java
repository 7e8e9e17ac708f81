package dev.firn.update;

import dev.firn.io.source.FileChangedException;
import java.io.IOException;

/** A source file was replaced while a region job read it. */
final class SourceChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient SourceFile file;

  SourceChangedException(SourceFile file, FileChangedException cause) {
    super(cause.getMessage(), cause);
    this.file = file;
  }

  /** Which file. */
  SourceFile file() {
    return file;
  }
}
