package dev.firn.io.zarr.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The {@code transpose} codec (Zarr v3 codec specification "transpose"): dimension {@code i} of the
 * encoded array is dimension {@code order[i]} of the decoded one. Both lie in C order.
 */
public final class Transpose {
  private final int[] encodedShape;
  private final int[] decodedStrides;
  private final int elementBytes;

  private Transpose(int[] encodedShape, int[] decodedStrides, int elementBytes) {
    this.encodedShape = encodedShape;
    this.decodedStrides = decodedStrides;
    this.elementBytes = elementBytes;
  }

  /**
   * The codec for arrays of {@code decodedShape} whose elements have {@code elementBytes} bytes.
   */
  public static Transpose of(List<Integer> order, List<Integer> decodedShape, int elementBytes) {
    int[] strides = new int[decodedShape.size()];
    int stride = elementBytes;
    for (int d = strides.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride = Math.multiplyExact(stride, decodedShape.get(d));
    }
    int[] shape = order.stream().mapToInt(decodedShape::get).toArray();
    return new Transpose(shape, order.stream().mapToInt(d -> strides[d]).toArray(), elementBytes);
  }

  /** The shape of the encoded array. */
  public List<Integer> encodedShape() {
    return Arrays.stream(encodedShape).boxed().toList();
  }

  /** Lays out position to limit of {@code decoded}, an array in C order, anew. */
  public ByteBuffer encode(ByteBuffer decoded) {
    ByteBuffer encoded = ByteBuffer.allocate(decoded.remaining());
    new Walk(decoded.slice(), encoded, true).from(0, 0);
    return encoded.flip();
  }

  /** Undoes {@link #encode}. */
  public ByteBuffer decode(ByteBuffer encoded) {
    ByteBuffer decoded = ByteBuffer.allocate(encoded.remaining());
    new Walk(decoded, encoded.slice(), false).from(0, 0);
    return decoded;
  }

  /** Goes through the encoded array in order, with jumps in the decoded one. */
  private final class Walk {
    private final ByteBuffer decoded;
    private final ByteBuffer encoded;
    private final boolean gathers;
    private final int runDimension;
    private final int runBytes;

    Walk(ByteBuffer decoded, ByteBuffer encoded, boolean gathers) {
      this.decoded = decoded;
      this.encoded = encoded;
      this.gathers = gathers;
      int dimension = encodedShape.length;
      int bytes = elementBytes;
      while (dimension > 0 && decodedStrides[dimension - 1] == bytes) {
        dimension--;
        bytes *= encodedShape[dimension];
      }
      this.runDimension = dimension;
      this.runBytes = bytes;
    }

    void from(int dimension, int decodedAt) {
      if (dimension == runDimension) {
        copy(decodedAt, runBytes);
      } else if (dimension == runDimension - 1) {
        row(dimension, decodedAt);
      } else {
        for (int i = 0; i < encodedShape[dimension]; i++) {
          from(dimension + 1, decodedAt + i * decodedStrides[dimension]);
        }
      }
    }

    private void row(int dimension, int decodedAt) {
      int stride = decodedStrides[dimension];
      int count = encodedShape[dimension];
      if (runBytes == Integer.BYTES) {
        for (int i = 0; i < count; i++) {
          copyInt(decodedAt + i * stride);
        }
      } else if (runBytes == Long.BYTES) {
        for (int i = 0; i < count; i++) {
          copyLong(decodedAt + i * stride);
        }
      } else {
        for (int i = 0; i < count; i++) {
          copy(decodedAt + i * stride, runBytes);
        }
      }
    }

    private void copyInt(int decodedAt) {
      if (gathers) {
        encoded.putInt(decoded.getInt(decodedAt));
      } else {
        decoded.putInt(decodedAt, encoded.getInt());
      }
    }

    private void copyLong(int decodedAt) {
      if (gathers) {
        encoded.putLong(decoded.getLong(decodedAt));
      } else {
        decoded.putLong(decodedAt, encoded.getLong());
      }
    }

    private void copy(int decodedAt, int length) {
      int at = encoded.position();
      if (gathers) {
        encoded.put(at, decoded, decodedAt, length);
      } else {
        decoded.put(decodedAt, encoded, at, length);
      }
      encoded.position(at + length);
    }
  }
}
