package dev.firn.io.netcdf;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetcdfFileTest {
  private static final Slab SOME = new Slab(List.of(1, 40, 80), List.of(2, 20, 30));

  @TempDir private Path directory;

  private NetcdfFile open(String name) throws IOException {
    return NetcdfFile.open(NetcdfSamples.copy(name, directory), Origin.of(name));
  }

  private static NetcdfVariable variable(NetcdfFile file, String path) {
    return file.root().variable(path).orElseThrow();
  }

  @Test
  void groupsHaveTheirVariablesAndDimensions() throws IOException {
    try (NetcdfFile file = open("groups.nc")) {
      NetcdfVariable inner = variable(file, "fc/inner/w");

      assertThat(file.format(), equalTo("NetCDF-4"));
      assertThat(
          file.root().walk().map(NetcdfGroup::path).toList(),
          equalTo(List.of("/", "/fc", "/fc/inner")));
      assertThat(inner.dimensions().get(0).name().orElseThrow(), equalTo("x"));
      assertThat(inner.attributes().get("units").text().orElseThrow(), equalTo("m s-1"));
      assertThat(inner.readDoubles(), equalTo(new double[] {0.1, 0.2, 0.3, 0.4}));
      assertThat(variable(file, "/pk").dimensions().get(0).unlimited(), equalTo(true));
    }
  }

  @Test
  void everyTypeHasItsValues() throws IOException {
    try (NetcdfFile file = open("groups.nc")) {
      assertThat(
          variable(file, "/name").read().elements(),
          equalTo(List.of("alpha", "βeta", "", "delta")));
      assertThat(
          variable(file, "/vl").read().elements(),
          equalTo(List.of(List.of(1), List.of(1, 2), List.of(), List.of(3, 4, 5))));
      assertThat(
          variable(file, "/ob").read().elements().get(0),
          equalTo(Map.of("t", 1.5f, "q", 2, "z", 3.25)));
      assertThat(
          variable(file, "/cl").read().elements(),
          equalTo(List.of((byte) 0, (byte) 1, (byte) 2, (byte) 0)));
      assertThat(
          variable(file, "/u64").read().elements().get(3),
          equalTo(new BigInteger("18446744073709551615")));
      assertThat(variable(file, "/ub").readDoubles(), equalTo(new double[] {0, 127, 128, 255}));
    }
  }

  @Test
  void decodingScalesAndLeavesOutWhatIsMissingOrInvalid() throws IOException {
    try (NetcdfFile file = open("groups.nc")) {
      float[] values = new float[12];

      variable(file, "/pk").readInto(values, 0, Slab.all(List.of(3, 4)));

      double scale = 0.01f;
      assertThat(values[0], equalTo((float) (1 * scale + 100)));
      assertThat(values[3], equalTo(Float.NaN));
      assertThat(values[11], equalTo(Float.NaN));
    }
  }

  @Test
  void slabsOfChunksAndOfRecordsAreTheSamePartOfTheWhole() throws IOException {
    for (String name : List.of("i16_cdf2.nc", "i16_defl1.nc", "f32_defl1_noshuf_fl32_be.nc")) {
      try (NetcdfFile file = open(name)) {
        NetcdfVariable variable = variable(file, "t2m");
        double[] whole = variable.read().doubles();

        double[] part = variable.read(SOME).doubles();

        for (int i = 0; i < part.length; i++) {
          int at = (1 + i / 600) * 91 * 180 + (40 + i / 30 % 20) * 180 + 80 + i % 30;
          assertThat(name + " value " + i, part[i], equalTo(whole[at]));
        }
      }
    }
  }

  @Test
  void chunksTogetherAreTheWhole() throws IOException {
    try (NetcdfFile file = open("f32_defl4_superblock3.h5")) {
      NetcdfVariable variable = variable(file, "t2m");

      List<Slab> chunks = variable.chunks().toList();

      assertThat(variable.chunkShape().orElseThrow(), equalTo(List.of(1, 46, 90)));
      assertThat(variable.filters(), equalTo(List.of("shuffle", "deflate 4")));
      assertThat(chunks.size(), equalTo(16));
      assertThat(chunks.stream().mapToLong(Slab::size).sum(), equalTo(4L * 91 * 180));
      double sum = 0;
      for (Slab chunk : chunks) {
        sum += Arrays.stream(variable.read(chunk).doubles()).sum();
      }
      assertThat(sum, equalTo(16054920.25));
    }
  }

  @Test
  void unsupportedFilterNamesVariableAndPlace() throws IOException {
    try (NetcdfFile file = open("i16_szip.nc")) {
      NetcdfVariable variable = variable(file, "t2m");

      Exception refused = assertThrows(UnsupportedFeatureException.class, variable::read);

      assertThat(
          refused.getMessage(),
          equalTo(
              "Unsupported HDF5 filter 4 (szip) of variable /t2m in i16_szip.nc at byte 12242"));
    }
  }

  @Test
  void damagedChunkIsRefusedByNameAndPlace() throws IOException {
    byte[] bytes = NetcdfSamples.bytes("f32_defl1_noshuf_fl32_be.nc");
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(directory.resolve("damaged.nc"), bytes);
    try (NetcdfFile file = NetcdfFile.open(damaged, Origin.of("damaged.nc"))) {
      NetcdfVariable variable = variable(file, "t2m");

      Exception refused = assertThrows(CorruptInputException.class, variable::read);

      assertThat(
          refused.getMessage(),
          allOf(
              containsString("Cannot inflate chunk [1, 46, 0] of variable /t2m in damaged.nc"),
              containsString(" at byte 32278: ")));
    }
  }

  @Test
  void truncatedFilesAreRefusedWithTheByte() throws IOException {
    for (String name : List.of("i16_cdf2.nc", "i16_defl1.nc")) {
      byte[] bytes = NetcdfSamples.bytes(name);
      Path cut = directory.resolve("cut-" + name);
      Files.write(cut, Arrays.copyOf(bytes, bytes.length - 100));

      Exception refused = assertThrows(CorruptInputException.class, () -> NetcdfFile.open(cut));

      assertThat(refused.getMessage(), containsString(cut + " at byte "));
    }
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = Files.writeString(directory.resolve("text.nc"), "netcdf groups {");
    Path cdf5 = Files.write(directory.resolve("cdf5.nc"), new byte[] {'C', 'D', 'F', 5});

    Exception neither = assertThrows(CorruptInputException.class, () -> NetcdfFile.open(text));
    Exception newer = assertThrows(UnsupportedFeatureException.class, () -> NetcdfFile.open(cdf5));

    assertThat(neither.getMessage(), containsString("it begins neither as NetCDF nor as HDF5"));
    assertThat(newer.getMessage(), containsString("NetCDF-3 version 5 (64-bit data, CDF-5)"));
  }

  @Test
  void slabOutsideOfAVariableIsAMistakeOfTheCaller() throws IOException {
    try (NetcdfFile file = open("i16_cdf2.nc")) {
      NetcdfVariable variable = variable(file, "t2m");
      Slab outside = new Slab(List.of(0, 0, 100), List.of(1, 1, 81));

      assertThrows(IllegalArgumentException.class, () -> variable.read(outside));
    }
  }
}
