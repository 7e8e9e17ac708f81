package dev.firn.io.grib.packing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngFilterTest {
  private static final int COUNT = 60;
  private static final int STRIDE = COUNT + 1;

  /** The predictions as ISO/IEC 15948, 9.2, 9.4 words them. */
  private static int prediction(int filter, int left, int above, int corner) {
    int estimate = left + above - corner;
    int fromLeft = Math.abs(estimate - left);
    int fromAbove = Math.abs(estimate - above);
    int fromCorner = Math.abs(estimate - corner);
    return switch (filter) {
      case 0 -> 0;
      case 1 -> left;
      case 2 -> above;
      case 3 -> (left + above) / 2;
      default -> {
        if (fromLeft <= fromAbove && fromLeft <= fromCorner) {
          yield left;
        }
        yield fromAbove <= fromCorner ? above : corner;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "0,1", "1,1", "1,2", "1,3", "1,4", "2,2", "3,1", "3,2", "3,3", "4,1", "4,2", "4,3", "4,4"
  })
  void octetsArePredictionsAndWhatWasStored(int filter, int pixel) {
    Random random = new Random(filter);
    for (int round = 0; round < 200; round++) {
      byte[] rows = new byte[2 * STRIDE];
      random.nextBytes(rows);
      byte[] expected = rows.clone();
      for (int i = STRIDE + 1; i < 2 * STRIDE; i++) {
        boolean isFirst = i < STRIDE + 1 + pixel;
        int left = isFirst ? 0 : expected[i - pixel] & 0xFF;
        int corner = isFirst ? 0 : expected[i - pixel - STRIDE] & 0xFF;
        expected[i] += (byte) prediction(filter, left, expected[i - STRIDE] & 0xFF, corner);
      }

      boolean known = new PngFilter(rows, STRIDE, pixel).undo(filter, STRIDE + 1, 2 * STRIDE);

      assertThat(known, is(true));
      assertThat(rows, is(expected));
    }
  }
}
