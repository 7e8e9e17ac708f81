package dev.firn.fields;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentinelMaskTest {

  @ParameterizedTest
  @ValueSource(floats = {-50, 9999, -999, -9999.9f, -32767, Float.NEGATIVE_INFINITY})
  void onlyTheExactValueBecomesNan(float sentinel) {
    float above = Math.nextUp(sentinel);
    float[] values = {sentinel, above, 0, Float.NaN, -sentinel, sentinel};

    new SentinelMask(sentinel).apply(values);

    assertThat(values, equalTo(new float[] {Float.NaN, above, 0, Float.NaN, -sentinel, Float.NaN}));
  }

  @Test
  void nanAsSentinelIsRefused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new SentinelMask(Float.NaN));

    assertThat(refusal.getMessage(), equalTo("Invalid sentinel: NaN equals no value"));
  }
}
