package dev.firn.testing.s3;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An {@link S3Server} as a process: prints its endpoint on a line of standard output, and stops
 * when standard input ends, as it does when the parent dies.
 */
public final class S3ServerMain {
  private S3ServerMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    try (S3Server server = S3Server.start();
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        InputStream in = System.in) {
      out.write((server.endpoint() + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
