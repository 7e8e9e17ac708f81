package dev.firn.io.zarr.codec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.bytes.ByteShuffle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ByteShuffleTest {

  @Test
  void putsTheBytesOfAPlaceTogetherAndKeepsTheRest() {
    byte[] elements = {11, 12, 13, 21, 22, 23, 31, 32, 33, 99, 98};
    byte[] shuffled = new byte[11];

    ByteShuffle.shuffle(ByteBuffer.wrap(elements), shuffled, 3);

    assertThat(shuffled, equalTo(new byte[] {11, 21, 31, 12, 22, 32, 13, 23, 33, 99, 98}));
  }

  @Test
  void groupsOfEightElementsComeOutAsSingleOnesWould() {
    for (int typeBytes = 1; typeBytes <= 17; typeBytes++) {
      for (int length : new int[] {0, 1, 31, 32, 64, 65, 127, 8 * typeBytes, 1000}) {
        byte[] elements = CodecContract.incompressible(length + 3);
        byte[] shuffled = new byte[length];
        ByteBuffer restored = ByteBuffer.allocate(length + 5).position(5);

        ByteShuffle.shuffle(ByteBuffer.wrap(elements, 3, length), shuffled, typeBytes);
        ByteShuffle.unshuffle(shuffled, restored, typeBytes);

        byte[] expected = Arrays.copyOfRange(elements, 3, 3 + length);
        assertThat(shuffled, equalTo(oneByOne(expected, typeBytes)));
        assertThat(Arrays.copyOfRange(restored.array(), 5, 5 + length), equalTo(expected));
      }
    }
  }

  private static byte[] oneByOne(byte[] elements, int typeBytes) {
    byte[] shuffled = elements.clone();
    int count = elements.length / typeBytes;
    for (int i = 0; i < count * typeBytes; i++) {
      shuffled[i % typeBytes * count + i / typeBytes] = elements[i];
    }
    return shuffled;
  }
}
