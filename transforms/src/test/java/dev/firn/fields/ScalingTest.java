package dev.firn.fields;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingTest {

  @Test
  void valuesAreMultipliedInFloat32() {
    float[] values = {3, -0.7f, 0, Float.NaN, Float.MAX_VALUE};

    new Scaling(1000.1f).apply(values);

    assertThat(
        values,
        equalTo(new float[] {3 * 1000.1f, -0.7f * 1000.1f, 0, Float.NaN, Float.POSITIVE_INFINITY}));
  }

  @Test
  void productIsNotRoundedFromTheDecimalFactorInDouble() {
    float[] values = {49213.7f};

    new Scaling(0.10197162f).apply(values);

    assertThat(values[0], equalTo(49213.7f * 0.10197162f));
    assertThat(values[0], not(equalTo((float) (49213.7f * 0.10197162129779283))));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void factorThatIsNoNumberIsRefused(float factor) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new Scaling(factor));

    assertThat(
        refusal.getMessage(),
        equalTo("Invalid scale factor: " + factor + ", expected a finite number"));
  }
}
