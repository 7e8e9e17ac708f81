package dev.firn.io.zarr.codec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransposeTest {

  @Test
  void firstDimensionBecomesLast() {
    byte[] rows = {1, 2, 3, 4, 5, 6};
    Transpose transpose = Transpose.of(List.of(1, 0), List.of(2, 3), 1);

    byte[] encoded = CodecContract.array(transpose.encode(ByteBuffer.wrap(rows)));

    assertThat(encoded, equalTo(new byte[] {1, 4, 2, 5, 3, 6}));
    assertThat(transpose.encodedShape(), equalTo(List.of(3, 2)));
  }

  @Test
  void everyElementGoesWhereTheSpecificationSaysAndBack() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      int rank = random.nextInt(5);
      List<Integer> shape =
          IntStream.range(0, rank).map(d -> 1 + random.nextInt(4)).boxed().toList();
      List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
      Collections.shuffle(order, random);
      int elementBytes = List.of(1, 2, 4, 8, 16).get(random.nextInt(5));
      int count = shape.stream().reduce(1, (a, b) -> a * b);
      byte[] decoded = CodecContract.incompressible(count * elementBytes);
      Transpose transpose = Transpose.of(order, shape, elementBytes);

      ByteBuffer encoded = transpose.encode(ByteBuffer.wrap(decoded));

      assertThat(
          CodecContract.array(encoded),
          equalTo(elementByElement(decoded, shape, order, elementBytes)));
      assertThat(CodecContract.array(transpose.decode(encoded)), equalTo(decoded));
    }
  }

  private static byte[] elementByElement(
      byte[] decoded, List<Integer> shape, List<Integer> order, int elementBytes) {
    byte[] encoded = new byte[decoded.length];
    for (int index = 0; index < decoded.length / elementBytes; index++) {
      int[] position = new int[shape.size()];
      int rest = index;
      for (int d = shape.size() - 1; d >= 0; d--) {
        position[d] = rest % shape.get(d);
        rest /= shape.get(d);
      }
      int target = 0;
      for (int d : order) {
        target = target * shape.get(d) + position[d];
      }
      System.arraycopy(decoded, index * elementBytes, encoded, target * elementBytes, elementBytes);
    }
    return encoded;
  }
}
