package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.Origin;
import dev.firn.io.zarr.codec.BloscCompressor;
import dev.firn.io.zarr.codec.BloscShuffle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One codec of an array, as metadata names and configures it (Zarr v3 core, section "Codecs"). */
public sealed interface CodecSpec {

  /** Its registered name. */
  String name();

  /** Name and configuration as metadata states them. */
  default JsonNode toJson() {
    return CodecJson.toJson(this);
  }

  /**
   * The codec that metadata states.
   *
   * @throws dev.firn.io.UnsupportedFeatureException for a codec of another name
   * @throws dev.firn.io.CorruptInputException when its configuration breaks the specification
   */
  static CodecSpec parse(JsonNode node, Origin origin) {
    return CodecJson.parse(node, "codec", origin);
  }

  /** The codec in a few characters, for listings. */
  default String summary() {
    return name();
  }

  /** The codecs of a chain in a few characters. */
  static String summary(List<CodecSpec> codecs) {
    return codecs.stream().map(CodecSpec::summary).collect(Collectors.joining(", "));
  }

  /** What a codec turns into what: their order in a chain follows from it. */
  enum Stage {
    /** Arrays into arrays. */
    ARRAY_TO_ARRAY,
    /** Arrays into bytes: exactly one in each chain. */
    ARRAY_TO_BYTES,
    /** Bytes into bytes. */
    BYTES_TO_BYTES
  }

  /** What it turns into what. */
  default Stage stage() {
    return Stage.BYTES_TO_BYTES;
  }

  /**
   * Elements one after the other.
   *
   * @param endian their byte order, may be empty where elements have one byte
   */
  record BytesCodec(Optional<ByteOrder> endian) implements CodecSpec {
    /** Little-endian elements: what Firn writes. */
    public static final BytesCodec LITTLE_ENDIAN =
        new BytesCodec(Optional.of(ByteOrder.LITTLE_ENDIAN));

    /** Elements of one byte. */
    public static final BytesCodec SINGLE_BYTES = new BytesCodec(Optional.empty());

    /** The codec Firn and zarr-python write for a data type. */
    public static BytesCodec of(DataType dataType) {
      return dataType.unitBytes() == 1 ? SINGLE_BYTES : LITTLE_ENDIAN;
    }

    @Override
    public String name() {
      return "bytes";
    }

    @Override
    public Stage stage() {
      return Stage.ARRAY_TO_BYTES;
    }

    @Override
    public String summary() {
      return endian.equals(Optional.of(ByteOrder.BIG_ENDIAN)) ? "bytes(big)" : name();
    }
  }

  /**
   * Other order of the dimensions.
   *
   * @param order which dimension of the decoded array each dimension of the encoded one is
   */
  record TransposeCodec(List<Integer> order) implements CodecSpec {
    /** Checks that every dimension occurs once. */
    public TransposeCodec {
      order = List.copyOf(order);
      if (!order.stream()
          .sorted()
          .toList()
          .equals(IntStream.range(0, order.size()).boxed().toList())) {
        throw new IllegalArgumentException(
            "Invalid order " + order + " of codec 'transpose': expected each dimension once");
      }
    }

    @Override
    public String name() {
      return "transpose";
    }

    @Override
    public Stage stage() {
      return Stage.ARRAY_TO_ARRAY;
    }

    @Override
    public String summary() {
      return name() + order;
    }
  }

  /**
   * Frames of c-blosc.
   *
   * @param typesize the length of an element
   * @param cname what compresses the blocks
   * @param clevel 0 to 9
   * @param shuffle what happens to a block before
   * @param blocksize the length of a block, 0 to choose one
   */
  record BloscCodec(
      int typesize, BloscCompressor cname, int clevel, BloscShuffle shuffle, int blocksize)
      implements CodecSpec {
    /** Checks the ranges. */
    public BloscCodec {
      if (typesize < 1 || clevel < 0 || clevel > 9 || blocksize < 0) {
        throw new IllegalArgumentException(
            "Invalid configuration of codec 'blosc': typesize "
                + typesize
                + ", clevel "
                + clevel
                + ", blocksize "
                + blocksize);
      }
    }

    /** Byte shuffle and zstd level 3, for elements of a data type. */
    public static BloscCodec zstd(DataType dataType) {
      return new BloscCodec(dataType.sizeBytes(), BloscCompressor.ZSTD, 3, BloscShuffle.SHUFFLE, 0);
    }

    @Override
    public String name() {
      return "blosc";
    }

    @Override
    public String summary() {
      return name() + "(" + cname.zarrName() + " " + clevel + ", " + shuffle.zarrName() + ")";
    }
  }

  /**
   * Zstandard frames.
   *
   * @param level as the zstd library counts them; 0 is its default
   * @param checksum whether frames end with a checksum
   */
  record ZstdCodec(int level, boolean checksum) implements CodecSpec {
    @Override
    public String name() {
      return "zstd";
    }

    @Override
    public String summary() {
      return name() + "(" + level + ")";
    }
  }

  /**
   * Gzip.
   *
   * @param level 0 to 9
   */
  record GzipCodec(int level) implements CodecSpec {
    /** Checks the level. */
    public GzipCodec {
      if (level < 0 || level > 9) {
        throw new IllegalArgumentException("Invalid level " + level + " of codec 'gzip'");
      }
    }

    @Override
    public String name() {
      return "gzip";
    }

    @Override
    public String summary() {
      return name() + "(" + level + ")";
    }
  }

  /** A checksum behind the bytes. */
  record Crc32cCodec() implements CodecSpec {
    @Override
    public String name() {
      return "crc32c";
    }
  }

  /**
   * Many chunks and their index in one object (Zarr v3 codec specification "sharding_indexed").
   *
   * @param chunkShape the shape of the inner chunks
   * @param codecs what encodes an inner chunk
   * @param indexCodecs what encodes the index
   * @param indexLocation where the index lies
   */
  record ShardingCodec(
      List<Integer> chunkShape,
      List<CodecSpec> codecs,
      List<CodecSpec> indexCodecs,
      IndexLocation indexLocation)
      implements CodecSpec {
    /** Where the index of a shard lies. */
    public enum IndexLocation {
      /** Before the chunks. */
      START,
      /** Behind the chunks. */
      END
    }

    /** Copies the lists and checks the chains. */
    public ShardingCodec {
      chunkShape = List.copyOf(chunkShape);
      codecs = List.copyOf(codecs);
      indexCodecs = List.copyOf(indexCodecs);
      CodecChain.check(codecs);
      CodecChain.check(indexCodecs);
    }

    /** Inner chunks with the usual index: little-endian with a checksum, at the end. */
    public static ShardingCodec of(List<Integer> chunkShape, List<CodecSpec> codecs) {
      return new ShardingCodec(
          chunkShape,
          codecs,
          List.of(BytesCodec.LITTLE_ENDIAN, new Crc32cCodec()),
          IndexLocation.END);
    }

    @Override
    public String name() {
      return "sharding_indexed";
    }

    @Override
    public Stage stage() {
      return Stage.ARRAY_TO_BYTES;
    }

    @Override
    public String summary() {
      return name() + "(" + CodecSpec.summary(codecs) + ")";
    }
  }
}
