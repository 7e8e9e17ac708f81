package dev.firn.io.zarr.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What the README of {@code src/test/resources/dev/firn/io/zarr/codec} tells of. */
final class GoldenVectors {
  private GoldenVectors() {}

  static byte[] bytes(String name) {
    try (InputStream in = GoldenVectors.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
