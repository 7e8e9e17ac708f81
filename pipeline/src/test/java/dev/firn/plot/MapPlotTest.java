package dev.firn.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapPlotTest {
  private static final int ROWS = 18;
  private static final int COLUMNS = 36;
  private static final Color GREY = new Color(0xC4C4C4);

  @TempDir Path directory;

  /** A world whose west, middle and east thirds have these values. */
  private static GeoMap world(float west, float middle, float east) {
    double[] latitudes = new double[ROWS];
    double[] longitudes = new double[COLUMNS];
    Arrays.setAll(latitudes, row -> 85 - 10.0 * row);
    Arrays.setAll(longitudes, column -> -175 + 10.0 * column);
    float[] values = new float[ROWS * COLUMNS];
    for (int point = 0; point < values.length; point++) {
      int third = point % COLUMNS / (COLUMNS / 3);
      values[point] = third == 0 ? west : third == 1 ? middle : east;
    }
    return new GeoMap(new GeoMap.Labels("Title", "Subtitle", "K"), latitudes, longitudes, values);
  }

  private static Color at(BufferedImage image, double shareOfWidth) {
    return new Color(image.getRGB((int) (image.getWidth() * shareOfWidth), image.getHeight() / 3));
  }

  @Test
  void pngHasTheSizeOfThePlot() throws IOException {
    MapPlot plot = new MapPlot(world(1, 2, 3));
    Path file = directory.resolve("new/map.png");

    plot.write(file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth(), equalTo(MapPlot.WIDTH));
    assertThat(image.getHeight(), equalTo(plot.height()));
    assertThat(plot.height(), equalTo(640));
  }

  @Test
  void coloursDifferWhereValuesDo() {
    BufferedImage image = new MapPlot(world(1, 2, 3)).image();

    assertThat(at(image, 0.1).equals(at(image, 0.5)), equalTo(false));
    assertThat(at(image, 0.5).equals(at(image, 0.8)), equalTo(false));
    assertThat(at(image, 0.17), equalTo(at(image, 0.2)));
  }

  @Test
  void missingValuesAreGrey() {
    BufferedImage image = new MapPlot(world(1, Float.NaN, 3)).image();

    assertThat(at(image, 0.5), equalTo(GREY));
    assertThat(at(image, 0.8).equals(GREY), equalTo(false));
  }

  @Test
  void mapOfNothingIsGrey() {
    BufferedImage image = new MapPlot(world(Float.NaN, Float.NaN, Float.NaN)).image();

    assertThat(at(image, 0.5), equalTo(GREY));
  }

  @Test
  void constantMapHasOneColour() {
    BufferedImage image = new MapPlot(world(7, 7, 7)).image();

    assertThat(at(image, 0.2), equalTo(at(image, 0.8)));
  }

  @Test
  void fineGridsAreThinnedOut() {
    double[] axis = new double[1601];
    Arrays.setAll(axis, i -> i / 100.0);
    GeoMap map =
        new GeoMap(new GeoMap.Labels("", "", ""), axis, axis, new float[axis.length * axis.length]);

    MapBlocks blocks = new MapBlocks(map);

    assertThat(blocks.getItemCount(0), lessThan(800 * 800));
    assertThat(blocks.getX(0, 1).doubleValue(), equalTo(0.03));
    assertThat(Math.rint(100 * blocks.width()), equalTo(3.0));
  }
}
