package dev.firn.io.grib.grid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.field.FlatGrid;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken grids are refused by name, or are other grids. */
class HostileGridTest {
  private static final int FEW_POINTS = 1000;

  static Stream<GridSection> sections() {
    return Stream.of(
        map(10, 72, 65).degrees(48, 15),
        map(12, 84, 61).set(48, 4, Float.floatToIntBits(0.9996f)).degrees(39, 49),
        map(20, 65, 56).degrees(48, 60).degrees(52, 260),
        map(30, 81, 56).degrees(48, 25).degrees(52, 40).degrees(66, 25).degrees(70, 35),
        map(31, 81, 56).degrees(48, 25).degrees(52, 40).degrees(66, 25).degrees(70, 35),
        map(140, 64, 56).degrees(47, 52).degrees(51, 10),
        GridSection.of(1, 84, 2, 3).degrees(47, 10).degrees(60, 20).degrees(73, -30),
        GridSection.of(40, 72, 2, 3).degrees(47, 59.444).degrees(60, 240).set(68, 4, 2),
        GridSection.of(40, 76, 2, 0)
            .set(7, 4, 9)
            .set(11, 2, 0x201)
            .set(31, 4, 0xFFFF_FFFFL)
            .degrees(47, 35.264)
            .set(68, 4, 1)
            .set(73, 4, 0x40005),
        GridSection.of(90, 80, 2, 3).set(48, 4, 100).set(52, 4, 100).set(69, 4, 6_610_000));
  }

  private static GridSection map(int template, int length, int incrementsOctet) {
    return GridSection.of(template, length, 2, 3)
        .degrees(39, 20)
        .degrees(43, 30)
        .set(incrementsOctet, 4, 3_000_000)
        .set(incrementsOctet + 4, 4, 2_000_000);
  }

  @ParameterizedTest
  @MethodSource("sections")
  void anyOctetsMayBeExtreme(GridSection section) {
    int refused = 0;
    for (int octet = 6; octet + 3 <= section.length(); octet++) {
      for (long value : new long[] {0, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL}) {
        for (int count = 1; count <= 4; count++) {
          refused += isRefused(section.copy().set(octet, count, value)) ? 1 : 0;
        }
      }
    }

    assertThat(refused, greaterThan(section.length()));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void anyBitMayBeWrong(GridSection section) {
    int refused = 0;
    for (int bit = 40; bit < 8 * section.length(); bit++) {
      refused += isRefused(section.copy().flip(bit)) ? 1 : 0;
    }

    assertThat(refused, greaterThan(section.length() / 2));
  }

  /** Whether the section is refused, or its points have no places. */
  private static boolean isRefused(GridSection section) {
    try {
      GridDefinition definition = section.read();
      definition.reference();
      if (definition.grid().points() <= FEW_POINTS) {
        definition.grid().coordinates();
      }
      return definition.grid() instanceof FlatGrid;
    } catch (CorruptInputException | UnsupportedFeatureException e) {
      return true;
    }
  }
}
