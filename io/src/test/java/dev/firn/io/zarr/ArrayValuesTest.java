package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ArrayValuesTest {

  @Test
  void numbersOfEveryTypeAreConverted() {
    int[] two = {2};

    assertThat(ArrayValues.of(two, 1.5, -2).toDoubles(), equalTo(new double[] {1.5, -2}));
    assertThat(ArrayValues.of(two, 1.5f, -2f).toFloats(), equalTo(new float[] {1.5f, -2}));
    assertThat(ArrayValues.of(two, 1L, -2L).toLongs(), equalTo(new long[] {1, -2}));
    assertThat(ArrayValues.of(two, 1, -2).toDoubles(), equalTo(new double[] {1, -2}));
    assertThat(ArrayValues.of(two, (short) 1, (short) -2).toLongs(), equalTo(new long[] {1, -2}));
  }

  @Test
  void unsignedIntegersAreNotNegative() {
    for (DataType dataType : new DataType[] {DataType.UINT8, DataType.UINT16, DataType.UINT32}) {
      byte[] ones = new byte[dataType.sizeBytes()];
      Arrays.fill(ones, (byte) -1);
      ArrayValues values = ArrayValues.of(dataType, new int[] {}, ByteBuffer.wrap(ones));

      assertThat(values.toLongs()[0], equalTo((1L << (8 * ones.length)) - 1));
    }
    ArrayValues largest =
        ArrayValues.of(DataType.UINT64, new int[] {1}, ByteBuffer.allocate(8).putLong(-1L).flip());
    assertThat(largest.toDoubles()[0], equalTo(0x1p64));
  }

  @Test
  void equalityIsOfTypeShapeAndBits() {
    ArrayValues values = ArrayValues.of(new int[] {1}, Double.NaN);

    assertThat(values, equalTo(ArrayValues.of(new int[] {1}, Double.NaN)));
    assertThat(values.equals(ArrayValues.of(new int[] {1, 1}, Double.NaN)), equalTo(false));
    assertThat(values.equals(ArrayValues.of(new int[] {1}, 0L)), equalTo(false));
  }

  @Test
  void elementsMustFillTheShape() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ArrayValues.of(new int[] {3}, 1.0));

    assertThat(
        refused.getMessage(), equalTo("Invalid array of 8 bytes: shape [3] of float64 has 24"));
  }

  @Test
  void floatsAreNotIntegersAndComplexNumbersNotReal() {
    ArrayValues complex = ArrayValues.of(DataType.COMPLEX64, new int[] {1}, ByteBuffer.allocate(8));

    assertThat(
        assertThrows(
                IllegalStateException.class, () -> ArrayValues.of(new int[] {1}, 1.0).toLongs())
            .getMessage(),
        equalTo("Cannot read float64 elements as integers"));
    assertThat(
        assertThrows(IllegalStateException.class, complex::toDoubles).getMessage(),
        equalTo("Cannot read complex64 elements as real numbers"));
  }
}
