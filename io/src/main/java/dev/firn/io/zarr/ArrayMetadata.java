package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The metadata of an array with a regular chunk grid (Zarr v3 core, section "Array metadata").
 *
 * @param shape the length of each dimension
 * @param dataType what the elements are
 * @param chunkShape the shape of a stored chunk: of a shard, if the array is sharded
 * @param chunkKeyEncoding how stored chunks are named
 * @param fillValue what was never written
 * @param codecs how a stored chunk is encoded
 * @param attributes what users say of the array; copied in and out, in order
 * @param dimensionNames one for each dimension, single ones may be missing
 */
public record ArrayMetadata(
    List<Long> shape,
    DataType dataType,
    List<Integer> chunkShape,
    ChunkKeyEncoding chunkKeyEncoding,
    FillValue fillValue,
    List<CodecSpec> codecs,
    ObjectNode attributes,
    Optional<List<Optional<String>>> dimensionNames)
    implements NodeMetadata {

  /** Copies what is mutable, checks that everything fits together. */
  public ArrayMetadata {
    shape = List.copyOf(shape);
    chunkShape = List.copyOf(chunkShape);
    codecs = List.copyOf(codecs);
    attributes = attributes.deepCopy();
    dimensionNames = dimensionNames.map(List::copyOf);
    check(shape.stream().allMatch(length -> length >= 0), "shape", shape, "no negative length");
    check(
        chunkShape.size() == shape.size() && chunkShape.stream().allMatch(length -> length > 0),
        "chunk shape",
        chunkShape,
        "positive lengths for " + shape.size() + " dimensions");
    check(
        dimensionNames.isEmpty() || dimensionNames.get().size() == shape.size(),
        "dimension names",
        dimensionNames,
        "one for each of " + shape.size() + " dimensions");
    check(fillValue.dataType().equals(dataType), "fill value", fillValue, "data type " + dataType);
    CodecChain.check(codecs);
  }

  private static void check(boolean condition, String what, Object found, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(
          "Invalid " + what + " " + found + ": expected " + expected);
    }
  }

  @Override
  public ObjectNode attributes() {
    return attributes.deepCopy();
  }

  /** Collects the metadata of an array of elements of {@code dataType}. */
  public static Builder builder(DataType dataType) {
    return new Builder(dataType);
  }

  /**
   * The content of a stored document.
   *
   * @throws CorruptInputException when it breaks the specification or is that of a group
   * @throws dev.firn.io.UnsupportedFeatureException when it uses something Firn does not know
   */
  public static ArrayMetadata parse(byte[] document, Origin origin) {
    return parse(ZarrJson.parse(document, origin), origin);
  }

  /** As above, of parsed JSON. */
  public static ArrayMetadata parse(JsonNode document, Origin origin) {
    if (NodeMetadata.parse(document, origin) instanceof ArrayMetadata array) {
      return array;
    }
    throw new CorruptInputException(
        "read array metadata", origin, "it is a group, expected an array");
  }

  @Override
  public JsonNode toJson() {
    return ArrayMetadataJson.toJson(this);
  }

  /** The same array with another shape. */
  public ArrayMetadata withShape(long... newShape) {
    return new ArrayMetadata(
        Arrays.stream(newShape).boxed().toList(),
        dataType,
        chunkShape,
        chunkKeyEncoding,
        fillValue,
        codecs,
        attributes,
        dimensionNames);
  }

  /** The same array with other attributes. */
  public ArrayMetadata withAttributes(ObjectNode newAttributes) {
    return new ArrayMetadata(
        shape,
        dataType,
        chunkShape,
        chunkKeyEncoding,
        fillValue,
        codecs,
        newAttributes,
        dimensionNames);
  }

  /**
   * Collects the metadata of an array: what is not said is a scalar, filled with 0, uncompressed.
   */
  public static final class Builder {
    private final DataType dataType;
    private List<Long> shape = List.of();
    private Optional<List<Integer>> chunkShape = Optional.empty();
    private ChunkKeyEncoding chunkKeyEncoding = ChunkKeyEncoding.DEFAULT;
    private FillValue fillValue;
    private List<CodecSpec> codecs;
    private ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    private Optional<List<Optional<String>>> dimensionNames = Optional.empty();

    private Builder(DataType dataType) {
      this.dataType = dataType;
      this.fillValue = FillValue.zero(dataType);
      this.codecs = List.of(CodecSpec.BytesCodec.of(dataType));
    }

    public Builder shape(long... lengths) {
      this.shape = Arrays.stream(lengths).boxed().toList();
      return this;
    }

    /** The shape of stored chunks; one chunk holds the array if this is not said. */
    public Builder chunkShape(int... lengths) {
      this.chunkShape = Optional.of(Arrays.stream(lengths).boxed().toList());
      return this;
    }

    public Builder chunkKeyEncoding(ChunkKeyEncoding encoding) {
      this.chunkKeyEncoding = encoding;
      return this;
    }

    public Builder fillValue(FillValue value) {
      this.fillValue = value;
      return this;
    }

    public Builder codecs(List<CodecSpec> chain) {
      this.codecs = chain;
      return this;
    }

    public Builder codecs(CodecSpec... chain) {
      return codecs(List.of(chain));
    }

    public Builder attributes(ObjectNode node) {
      this.attributes = node;
      return this;
    }

    public Builder dimensionNames(String... names) {
      this.dimensionNames = Optional.of(Arrays.stream(names).map(Optional::of).toList());
      return this;
    }

    public Builder dimensionNames(List<Optional<String>> names) {
      this.dimensionNames = Optional.of(names);
      return this;
    }

    public ArrayMetadata build() {
      // A dimension of length 0 still has chunks of length 1.
      List<Integer> wholeArray =
          shape.stream().map(length -> Math.toIntExact(Math.max(1, length))).toList();
      return new ArrayMetadata(
          shape,
          dataType,
          chunkShape.orElse(wholeArray),
          chunkKeyEncoding,
          fillValue,
          codecs,
          attributes,
          dimensionNames);
    }
  }
}
