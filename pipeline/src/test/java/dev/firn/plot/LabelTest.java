package dev.firn.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;

class LabelTest {
  @Test
  void unitsHaveTheirSigns() {
    assertThat(UnitText.of("degree_Celsius"), equalTo("°C"));
    assertThat(UnitText.of("kg m-2 s-1"), equalTo("kg m⁻² s⁻¹"));
    assertThat(UnitText.of("m2"), equalTo("m²"));
    assertThat(UnitText.of("Pa"), equalTo("Pa"));
    assertThat(UnitText.of("1"), equalTo(""));
  }

  @Test
  void degreesHaveTheirSide() {
    assertThat(DegreeFormat.longitude().format(-60), equalTo("60°W"));
    assertThat(DegreeFormat.longitude().format(300), equalTo("60°W"));
    assertThat(DegreeFormat.longitude().format(180), equalTo("180°"));
    assertThat(DegreeFormat.latitude().format(47.5), equalTo("47.5°N"));
    assertThat(DegreeFormat.latitude().format(0), equalTo("0°"));
  }

  @Test
  void valuesHaveTheDecimalsOfTheirStep() {
    assertThat(new ValueFormat(500).format(97500), equalTo("97500"));
    assertThat(new ValueFormat(0.2).format(0.6), equalTo("0.6"));
    assertThat(new ValueFormat(0.05).format(-0.1), equalTo("-0.10"));
    assertThat(new ValueFormat(1e-6).format(3e-6), equalTo("3E-6"));
    assertThat(new ValueFormat(1e-6).format(-1e-12), equalTo("0"));
  }
}
