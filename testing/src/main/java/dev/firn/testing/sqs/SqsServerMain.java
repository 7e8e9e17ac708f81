package dev.firn.testing.sqs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An {@link SqsServer} as a process: prints its endpoint on a line of standard output, and stops
 * when standard input ends, as it does when the parent dies.
 */
public final class SqsServerMain {
  private SqsServerMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    try (SqsServer server = SqsServer.start();
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        InputStream in = System.in) {
      out.write((server.endpoint() + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
