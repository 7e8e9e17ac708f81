package dev.firn.io.grib.grid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanningModeTest {
  private static final float[] ROWS = {1, 2, 3, 4, 5, 6};

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x40, 0x80, 0xC0})
  void directionsLeaveTheOrderAsStored(int flags) {
    float[] stored = ROWS.clone();

    assertThat(new ScanningMode(flags).toRows(stored, 2, 3), is(ROWS));
  }

  @Test
  void everyOtherRowIsTurnedRound() {
    float[] stored = {1, 2, 3, 6, 5, 4};

    assertThat(new ScanningMode(0x10).toRows(stored, 2, 3), is(ROWS));
  }

  @Test
  void columnsBecomeRows() {
    float[] stored = {1, 4, 2, 5, 3, 6};

    assertThat(new ScanningMode(0x20).toRows(stored, 2, 3), is(ROWS));
  }

  @Test
  void everyOtherColumnIsTurnedRound() {
    float[] stored = {1, 4, 5, 2, 3, 6};

    assertThat(new ScanningMode(0x30).toRows(stored, 2, 3), is(ROWS));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x10, 0x20, 0x30})
  void storedOrderComesBack(int flags) {
    ScanningMode mode = new ScanningMode(flags);

    float[] stored = mode.fromRows(ROWS, 2, 3);

    assertThat(mode.toRows(stored, 2, 3), is(ROWS));
  }

  @Test
  void moreThanAnOctetIsInvalid() {
    assertThrows(IllegalArgumentException.class, () -> new ScanningMode(0x100));
  }
}
