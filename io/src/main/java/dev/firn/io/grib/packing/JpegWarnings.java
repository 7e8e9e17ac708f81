package dev.firn.io.grib.packing;

import jj2000.j2k.util.MsgLogger;

/** Makes exceptions of what the JPEG 2000 library would print before it guesses on. */
final class JpegWarnings implements MsgLogger {
  @Override
  public void printmsg(int severity, String message) {
    if (severity >= WARNING) {
      throw new IllegalStateException(message);
    }
  }

  @Override
  public void println(String message, int firstIndent, int indent) {
    throw new IllegalStateException(message);
  }

  @Override
  public void flush() {}
}
