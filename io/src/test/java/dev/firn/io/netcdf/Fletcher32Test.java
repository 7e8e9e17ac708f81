package dev.firn.io.netcdf;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class Fletcher32Test {

  @Test
  void sumsAreOfBigEndianPairs() {
    assertThat(Fletcher32.of(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})), equalTo(0x05080406));
  }

  @Test
  void lastByteAloneIsTheUpperOne() {
    assertThat(Fletcher32.of(ByteBuffer.wrap(new byte[] {1, 2, 3})), equalTo(0x05040402));
  }
}
