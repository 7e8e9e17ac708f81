package dev.firn.io.zarr;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import dev.firn.io.zarr.codec.ByteSwap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code bytes} codec (Zarr v3 codec specification "bytes"): little-endian elements pass
 * through untouched.
 */
final class ElementBytes implements ArrayToBytes {
  private final int arrayBytes;
  private final int unitBytes;
  private final boolean swaps;

  private ElementBytes(int arrayBytes, int unitBytes, boolean swaps) {
    this.arrayBytes = arrayBytes;
    this.unitBytes = unitBytes;
    this.swaps = swaps;
  }

  static ElementBytes of(BytesCodec codec, DataType dataType, int arrayBytes) {
    int unitBytes = dataType.unitBytes();
    if (unitBytes > 1 && codec.endian().isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid codec 'bytes' without 'endian' for data type " + dataType);
    }
    boolean isBig = codec.endian().equals(Optional.of(ByteOrder.BIG_ENDIAN));
    return new ElementBytes(arrayBytes, unitBytes, isBig && unitBytes > 1);
  }

  @Override
  public ByteBuffer encode(ByteBuffer values) {
    return swaps ? ByteSwap.swap(values, unitBytes) : values;
  }

  @Override
  public ByteBuffer decode(ByteBuffer encoded, Origin origin) {
    if (encoded.remaining() != arrayBytes) {
      throw new CorruptInputException(
          "decode chunk",
          origin,
          "it has " + encoded.remaining() + " bytes, expected " + arrayBytes);
    }
    return swaps ? ByteSwap.swap(encoded, unitBytes) : encoded;
  }

  @Override
  public OptionalInt encodedBytes() {
    return OptionalInt.of(arrayBytes);
  }
}
