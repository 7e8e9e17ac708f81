package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;

class HalfFloatTest {

  @Test
  void everyNumberComesBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double value = HalfFloat.toDouble((short) bits);
      if (!Double.isNaN(value)) {
        assertThat(HalfFloat.fromDouble(value), equalTo((short) bits));
      }
    }
  }

  @Test
  void knownNumbersHaveTheirBits() {
    assertThat(HalfFloat.toDouble((short) 0x3c00), equalTo(1.0));
    assertThat(HalfFloat.toDouble((short) 0xc000), equalTo(-2.0));
    assertThat(HalfFloat.toDouble((short) 0x7bff), equalTo(65504.0));
    assertThat(HalfFloat.toDouble((short) 0x0001), equalTo(Math.scalb(1.0, -24)));
    assertThat(HalfFloat.fromDouble(Double.NaN), equalTo((short) 0x7e00));
  }

  @Test
  void valuesBetweenAreRoundedToEven() {
    assertThat(HalfFloat.fromDouble(1 + Math.scalb(1.0, -11)), equalTo((short) 0x3c00));
    assertThat(HalfFloat.fromDouble(1 + 3 * Math.scalb(1.0, -11)), equalTo((short) 0x3c02));
    assertThat(HalfFloat.fromDouble(65519.9), equalTo((short) 0x7bff));
    assertThat(HalfFloat.fromDouble(65520), equalTo((short) 0x7c00));
    assertThat(HalfFloat.fromDouble(-1e300), equalTo((short) 0xfc00));
    assertThat(HalfFloat.fromDouble(Math.scalb(1.0, -25)), equalTo((short) 0));
    assertThat(HalfFloat.fromDouble(Math.scalb(1.01, -25)), equalTo((short) 1));
    assertThat(HalfFloat.fromDouble(Math.scalb(1.0, -14) - 1e-12), equalTo((short) 0x0400));
  }
}
