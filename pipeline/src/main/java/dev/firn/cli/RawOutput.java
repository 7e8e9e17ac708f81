package dev.firn.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output for bytes that are no text. */
final class RawOutput {
  private RawOutput() {}

  /** Writes all that this process has to say. */
  static void write(byte[]... parts) throws IOException {
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      for (byte[] part : parts) {
        out.write(part);
      }
    }
  }
}
