package dev.firn.io.netcdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files beside these tests; their README says where they come from. */
final class NetcdfSamples {
  static final List<String> NAMES =
      List.of(
          "groups.nc",
          "i16_cdf2.nc",
          "i16_defl1.nc",
          "f32_defl1_noshuf_fl32_be.nc",
          "f32_defl4_superblock3.h5",
          "i16_szip.nc");

  private NetcdfSamples() {}

  static byte[] bytes(String name) {
    try (InputStream in = NetcdfSamples.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of the file in {@code directory}. */
  static Path copy(String name, Path directory) throws IOException {
    return Files.write(directory.resolve(name), bytes(name));
  }
}
