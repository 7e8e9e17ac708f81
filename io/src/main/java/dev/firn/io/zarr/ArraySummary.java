package dev.firn.io.zarr;

/**
 * An array and what a listing of its store says of it.
 *
 * @param path where it is
 * @param metadata its metadata
 * @param storedObjects how many stored chunks there are
 * @param storedBytes how many bytes they have
 */
public record ArraySummary(
    NodePath path, ArrayMetadata metadata, long storedObjects, long storedBytes) {

  /** Its chunks. */
  public ArrayLayout layout() {
    return ArrayLayout.of(metadata);
  }

  /** Its codecs in a few characters: {@code bytes, blosc(zstd 3, shuffle)}. */
  public String codecs() {
    return CodecSpec.summary(metadata.codecs());
  }
}
