package dev.firn.io.zarr;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.io.zarr.CodecSpec.BloscCodec;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import dev.firn.io.zarr.CodecSpec.Crc32cCodec;
import dev.firn.io.zarr.CodecSpec.GzipCodec;
import dev.firn.io.zarr.CodecSpec.TransposeCodec;
import dev.firn.io.zarr.CodecSpec.ZstdCodec;
import dev.firn.io.zarr.codec.BloscCompressor;
import dev.firn.io.zarr.codec.BloscShuffle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Arrays for tests: what a test does not state is chosen here. */
final class ZarrFixtures {
  static final List<DataType> DATA_TYPES =
      List.of(
          DataType.BOOL,
          DataType.INT8,
          DataType.INT16,
          DataType.INT32,
          DataType.INT64,
          DataType.UINT8,
          DataType.UINT16,
          DataType.UINT32,
          DataType.UINT64,
          DataType.FLOAT16,
          DataType.FLOAT32,
          DataType.FLOAT64,
          DataType.COMPLEX64,
          DataType.COMPLEX128);

  private ZarrFixtures() {}

  static ArrayMetadata.Builder builder(DataType dataType) {
    boolean isFloat = dataType.kind() == DataType.Kind.FLOAT;
    return ArrayMetadata.builder(dataType)
        .fillValue(isFloat ? FillValue.nan(dataType) : FillValue.zero(dataType));
  }

  /** One chain for each codec and some of several, by a name for listings. */
  static Map<String, List<CodecSpec>> chains(DataType dataType, int rank) {
    CodecSpec bytes = BytesCodec.of(dataType);
    Map<String, List<CodecSpec>> chains = new TreeMap<>();
    chains.put("bytes", List.of(bytes));
    if (dataType.unitBytes() > 1) {
      chains.put("big-endian", List.of(new BytesCodec(Optional.of(ByteOrder.BIG_ENDIAN))));
    }
    chains.put("crc32c", List.of(bytes, new Crc32cCodec()));
    chains.put("gzip", List.of(bytes, new GzipCodec(6)));
    chains.put("zstd", List.of(bytes, new ZstdCodec(0, false)));
    chains.put("zstd-checksum", List.of(bytes, new ZstdCodec(-3, true), new Crc32cCodec()));
    chains.put("zstd-twice", List.of(bytes, new ZstdCodec(1, false), new ZstdCodec(9, false)));
    chains.put("gzip-twice", List.of(bytes, new GzipCodec(0), new GzipCodec(9)));
    List<Integer> reversed = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.reverse(reversed);
    List<Integer> rotated = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.rotate(rotated, 1);
    chains.put("reversed", List.of(new TransposeCodec(reversed), bytes, BloscCodec.zstd(dataType)));
    chains.put("rotated", List.of(new TransposeCodec(rotated), new TransposeCodec(rotated), bytes));
    for (BloscCompressor cname : BloscCompressor.values()) {
      for (BloscShuffle shuffle : BloscShuffle.values()) {
        if (cname != BloscCompressor.SNAPPY) {
          String name = "blosc-" + cname.zarrName() + "-" + shuffle.zarrName();
          BloscCodec blosc = new BloscCodec(dataType.sizeBytes(), cname, 5, shuffle, 0);
          chains.put(name, List.of(bytes, blosc));
        }
      }
    }
    return chains;
  }

  /** Elements that compress a little, with runs of zero and some noise. */
  static ArrayValues values(DataType dataType, int[] shape, Random random) {
    int bytes = Shapes.bytes(Shapes.listOf(shape), dataType);
    ByteBuffer elements = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int unit = dataType.unitBytes();
    for (int at = 0; at < bytes; at += unit) {
      double value = at / unit % 64 < 16 ? 0 : Math.rint(random.nextGaussian() * 1000) / 8;
      put(elements, dataType, value);
    }
    return ArrayValues.of(dataType, shape, elements.flip());
  }

  private static void put(ByteBuffer elements, DataType dataType, double value) {
    boolean isReal =
        dataType.kind() == DataType.Kind.FLOAT || dataType.kind() == DataType.Kind.COMPLEX;
    switch (dataType.unitBytes()) {
      case 1 -> elements.put((byte) (dataType.equals(DataType.BOOL) ? (value > 0 ? 1 : 0) : value));
      case 2 -> elements.putShort(isReal ? HalfFloat.fromDouble(value) : (short) value);
      case 4 -> elements.putInt(isReal ? Float.floatToRawIntBits((float) value) : (int) value);
      default -> elements.putLong(isReal ? Double.doubleToRawLongBits(value) : (long) value);
    }
  }

  /** A folder of real files; the test is skipped where there is none, but must not be in CI. */
  static Path samples(String folder) {
    Optional<Path> found =
        Optional.ofNullable(System.getenv("FIRN_SAMPLES"))
            .or(() -> Optional.ofNullable(System.getProperty("FIRN_SAMPLES")))
            .map(root -> Path.of(root).resolve(folder))
            .filter(Files::isDirectory);
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail("FIRN_SAMPLES has no folder " + folder);
    }
    assumeTrue(found.isPresent(), "FIRN_SAMPLES has no folder " + folder);
    return found.get();
  }
}
