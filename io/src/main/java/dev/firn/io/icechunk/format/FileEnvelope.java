package dev.firn.io.icechunk.format;

import dev.firn.io.Origin;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What all files have in common (specification, "Binary File Format"): magic bytes, the writer's
 * name, version, type and compression, then a FlatBuffers buffer.
 *
 * @param specVersion the version of the specification, 1 or 2
 * @param content the buffer, decompressed
 */
record FileEnvelope(int specVersion, FlatBytes content) {
  /** The zstd level of the reference implementation. */
  static final int DEFAULT_LEVEL = 3;

  private static final byte[] MAGIC = "ICE\uD83E\uDDCACHUNK".getBytes(StandardCharsets.UTF_8);
  private static final int WRITER_BYTES = 24;
  private static final byte[] WRITER = writer();
  private static final int VERSION_AT = MAGIC.length + WRITER_BYTES;
  private static final int TYPE_AT = VERSION_AT + 1;
  private static final int COMPRESSION_AT = TYPE_AT + 1;
  private static final int HEADER_BYTES = COMPRESSION_AT + 1;
  private static final int WRITTEN_VERSION = 2;
  private static final int UNCOMPRESSED = 0;
  private static final int ZSTD = 1;

  private static byte[] writer() {
    byte[] name = new byte[WRITER_BYTES];
    Arrays.fill(name, (byte) ' ');
    byte[] text = "firn".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(text, 0, name, 0, text.length);
    return name;
  }

  /** Opens a file that is to be of this type. */
  static FileEnvelope open(byte[] file, FileType type, Origin origin) {
    checkHeader(file, type, origin);
    int version = file[VERSION_AT];
    if (version != 1 && version != 2) {
      throw new IcechunkException(
          type.label(), origin, "version " + (version & 0xFF) + " of the format, expected 1 or 2");
    }
    byte[] content =
        switch (file[COMPRESSION_AT]) {
          case UNCOMPRESSED -> Arrays.copyOfRange(file, HEADER_BYTES, file.length);
          case ZSTD -> ZstdFrames.decompress(file, HEADER_BYTES, type, origin);
          default ->
              throw new IcechunkException(
                  type.label(),
                  origin,
                  "compression " + (file[COMPRESSION_AT] & 0xFF) + ", expected 0 or 1 (zstd)");
        };
    return new FileEnvelope(version, new FlatBytes(content, type, origin));
  }

  private static void checkHeader(byte[] file, FileType type, Origin origin) {
    if (file.length < HEADER_BYTES) {
      throw new IcechunkException(
          type.label(), origin, file.length + " bytes, expected a header of " + HEADER_BYTES);
    }
    if (!Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IcechunkException(
          type.label(), origin, "it does not start with the magic bytes of Icechunk");
    }
    if (file[TYPE_AT] != type.code()) {
      throw new IcechunkException(
          type.label(),
          origin,
          "file type " + (file[TYPE_AT] & 0xFF) + ", expected " + type.code());
    }
  }

  /** The file, of version 2, that has a finished buffer. */
  static byte[] seal(FlatWriter content, FileType type, int zstdLevel) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(MAGIC);
    file.writeBytes(WRITER);
    file.write(WRITTEN_VERSION);
    file.write(type.code());
    file.write(ZSTD);
    ZstdFrames.compress(content, file, zstdLevel);
    return file.toByteArray();
  }
}
