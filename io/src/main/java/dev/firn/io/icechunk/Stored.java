package dev.firn.io.icechunk;

import dev.firn.io.Origin;
import dev.firn.io.icechunk.format.IcechunkException;
import dev.firn.io.object.ByteRange;
import java.util.Optional;

/** Checks that a store gave what a reference promises. */
final class Stored {
  private Stored() {}

  static byte[] exactly(Optional<byte[]> found, ByteRange wanted, String what, Origin origin) {
    byte[] bytes =
        found.orElseThrow(() -> new IcechunkException(what, origin, "there is no such object"));
    if (bytes.length != wanted.lengthBytes()) {
      throw new IcechunkException(
          what,
          origin,
          "it has " + bytes.length + " bytes there, expected " + wanted.lengthBytes());
    }
    return bytes;
  }
}
