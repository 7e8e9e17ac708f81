package dev.firn.io.grib.grid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanningModeTest {
  private static final float[] ROWS = {1, 2, 3, 4, 5, 6};

  private static float[] stored(int flags) {
    return new ScanningMode(flags).stored(ROWS, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x40, 0x80, 0xC0})
  void directionsLeaveTheOrderAsItIs(int flags) {
    assertThat(stored(flags), is(ROWS));
  }

  @Test
  void everyOtherRowIsTurnedRound() {
    assertThat(stored(0x10), is(new float[] {1, 2, 3, 6, 5, 4}));
  }

  @Test
  void rowsBecomeColumns() {
    assertThat(stored(0x20), is(new float[] {1, 4, 2, 5, 3, 6}));
  }

  @Test
  void everyOtherColumnIsTurnedRound() {
    assertThat(stored(0x30), is(new float[] {1, 4, 5, 2, 3, 6}));
  }

  @Test
  void moreThanAnOctetIsInvalid() {
    assertThrows(IllegalArgumentException.class, () -> new ScanningMode(0x100));
  }
}
