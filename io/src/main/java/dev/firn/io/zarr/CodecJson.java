package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.zarr.CodecSpec.BloscCodec;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import dev.firn.io.zarr.CodecSpec.Crc32cCodec;
import dev.firn.io.zarr.CodecSpec.GzipCodec;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import dev.firn.io.zarr.CodecSpec.ShardingCodec.IndexLocation;
import dev.firn.io.zarr.CodecSpec.TransposeCodec;
import dev.firn.io.zarr.CodecSpec.ZstdCodec;
import dev.firn.io.zarr.codec.BloscCompressor;
import dev.firn.io.zarr.codec.BloscShuffle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Codecs in metadata: fields in the order in which zarr-python writes them. */
final class CodecJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<ByteOrder> BYTE_ORDERS =
      List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

  private CodecJson() {}

  static List<CodecSpec> parseAll(JsonFields fields, String field) {
    String where = fields.path(field);
    return fields.list(field, node -> parse(node, where, fields.origin()));
  }

  static CodecSpec parse(JsonNode node, String where, Origin origin) {
    NamedConfiguration codec = NamedConfiguration.parse(node, where, origin);
    try {
      return parse(codec, origin);
    } catch (IllegalArgumentException invalid) {
      throw new CorruptInputException("read metadata", origin, invalid.getMessage(), invalid);
    }
  }

  private static CodecSpec parse(NamedConfiguration codec, Origin origin) {
    JsonFields fields = codec.configuration();
    return switch (codec.name()) {
      case "bytes" -> parseBytes(fields);
      case "transpose" -> parseTranspose(fields);
      case "blosc" -> parseBlosc(fields);
      case "zstd" -> parseZstd(fields);
      case "gzip" -> parseGzip(fields);
      case "crc32c" -> parseCrc32c(fields);
      case "sharding_indexed" -> parseSharding(fields);
      default -> throw new UnsupportedFeatureException("codec '" + codec.name() + "'", origin);
    };
  }

  private static CodecSpec parseBytes(JsonFields fields) {
    fields.allowOnly(Set.of("endian"));
    return new BytesCodec(
        fields
            .optional("endian")
            .map(present -> fields.choice("endian", BYTE_ORDERS, CodecJson::endianName)));
  }

  private static CodecSpec parseTranspose(JsonFields fields) {
    fields.allowOnly(Set.of("order"));
    return new TransposeCodec(fields.integers("order"));
  }

  private static CodecSpec parseBlosc(JsonFields fields) {
    fields.allowOnly(Set.of("typesize", "cname", "clevel", "shuffle", "blocksize"));
    BloscShuffle shuffle =
        fields.choice("shuffle", List.of(BloscShuffle.values()), BloscShuffle::zarrName);
    boolean needsTypesize =
        shuffle != BloscShuffle.NOSHUFFLE || fields.optional("typesize").isPresent();
    return new BloscCodec(
        needsTypesize ? fields.integer("typesize") : 1,
        fields.choice("cname", List.of(BloscCompressor.values()), BloscCompressor::zarrName),
        fields.integer("clevel"),
        shuffle,
        fields.optional("blocksize").isPresent() ? fields.integer("blocksize") : 0);
  }

  private static CodecSpec parseZstd(JsonFields fields) {
    fields.allowOnly(Set.of("level", "checksum"));
    return new ZstdCodec(
        fields.integer("level"),
        fields.optional("checksum").isPresent() && fields.bool("checksum"));
  }

  private static CodecSpec parseGzip(JsonFields fields) {
    fields.allowOnly(Set.of("level"));
    return new GzipCodec(fields.integer("level"));
  }

  private static CodecSpec parseCrc32c(JsonFields fields) {
    fields.allowOnly(Set.of());
    return new Crc32cCodec();
  }

  private static CodecSpec parseSharding(JsonFields fields) {
    fields.allowOnly(Set.of("chunk_shape", "codecs", "index_codecs", "index_location"));
    IndexLocation location =
        fields.optional("index_location").isPresent()
            ? fields.choice(
                "index_location", List.of(IndexLocation.values()), CodecJson::lowerCaseName)
            : IndexLocation.END;
    return new ShardingCodec(
        fields.integers("chunk_shape"),
        parseAll(fields, "codecs"),
        parseAll(fields, "index_codecs"),
        location);
  }

  static JsonNode toJson(CodecSpec codec) {
    return NamedConfiguration.toJson(codec.name(), configuration(codec));
  }

  static ArrayNode toJson(List<CodecSpec> codecs) {
    ArrayNode list = JSON.arrayNode();
    codecs.forEach(codec -> list.add(codec.toJson()));
    return list;
  }

  private static ObjectNode configuration(CodecSpec codec) {
    ObjectNode fields = JSON.objectNode();
    if (codec instanceof BytesCodec bytes) {
      bytes.endian().ifPresent(endian -> fields.put("endian", endianName(endian)));
    } else if (codec instanceof TransposeCodec transpose) {
      fields.set("order", integers(transpose.order()));
    } else if (codec instanceof BloscCodec blosc) {
      fields
          .put("typesize", blosc.typesize())
          .put("cname", blosc.cname().zarrName())
          .put("clevel", blosc.clevel())
          .put("shuffle", blosc.shuffle().zarrName())
          .put("blocksize", blosc.blocksize());
    } else if (codec instanceof ZstdCodec zstd) {
      fields.put("level", zstd.level()).put("checksum", zstd.checksum());
    } else if (codec instanceof GzipCodec gzip) {
      fields.put("level", gzip.level());
    } else if (codec instanceof ShardingCodec sharding) {
      fields.set("chunk_shape", integers(sharding.chunkShape()));
      fields.set("codecs", toJson(sharding.codecs()));
      fields.set("index_codecs", toJson(sharding.indexCodecs()));
      fields.put("index_location", lowerCaseName(sharding.indexLocation()));
    }
    return fields;
  }

  static ArrayNode integers(List<? extends Number> values) {
    ArrayNode list = JSON.arrayNode();
    values.forEach(value -> list.add(value.longValue()));
    return list;
  }

  private static String endianName(ByteOrder order) {
    return order == ByteOrder.LITTLE_ENDIAN ? "little" : "big";
  }

  private static String lowerCaseName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
