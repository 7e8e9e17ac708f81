package dev.firn.io.icechunk.format;

/** The fields of the table {@code ChunkRef}, which has three kinds of references. */
final class ChunkRefTable {
  static final int INDEX = 0;
  static final int INLINE = 1;
  static final int OFFSET = 2;
  static final int LENGTH = 3;
  static final int CHUNK_ID = 4;
  static final int LOCATION = 5;
  static final int ETAG = 6;
  static final int LAST_MODIFIED = 7;
  static final int COMPRESSED_LOCATION = 8;
  static final int FIELDS = 10;

  private ChunkRefTable() {}
}
