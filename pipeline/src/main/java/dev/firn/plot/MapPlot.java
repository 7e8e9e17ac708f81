package dev.firn.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/**
 * A map as a picture: latitudes and longitudes as plain axes with degree ticks, a colour for each
 * value, a title and a colour bar. Missing values are grey. Needs no display.
 */
public final class MapPlot {
  /** The width of every picture in pixels. */
  public static final int WIDTH = 1200;

  private static final int MARGIN_WIDTH = 190;
  private static final int MARGIN_HEIGHT = 135;
  private static final int UPRIGHT_UNITS = 3;
  private static final Color INK = new Color(0x2B2B2B);
  private static final Color GRATICULE = new Color(0, 0, 0, 48);

  private final GeoMap map;
  private final ColourScale colours;

  /** A plot of {@code map}. */
  public MapPlot(GeoMap map) {
    this.map = map;
    this.colours = ColourScale.of(map.values());
  }

  /** The height of the picture: a degree is about as long in both directions. */
  public int height() {
    double[] latitudes = map.latitudes();
    double middle = (latitudes[0] + latitudes[latitudes.length - 1]) / 2;
    double shape =
        extent(latitudes) / (extent(map.longitudes()) * Math.cos(Math.toRadians(middle)));
    double bounded = Math.max(0.3, Math.min(1.2, shape));
    return MARGIN_HEIGHT + (int) Math.round((WIDTH - MARGIN_WIDTH) * bounded);
  }

  /** Draws it. */
  public BufferedImage image() {
    JFreeChart chart = new JFreeChart(map.labels().title(), font(Font.BOLD, 21), plot(), false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 12, 10, 14));
    chart.getTitle().setPaint(INK);
    chart.getTitle().setHorizontalAlignment(HorizontalAlignment.LEFT);
    chart.getTitle().setMargin(0, 8, 0, 0);
    TextTitle subtitle = new TextTitle(map.labels().subtitle(), font(Font.PLAIN, 14));
    subtitle.setPaint(INK);
    subtitle.setHorizontalAlignment(HorizontalAlignment.LEFT);
    subtitle.setMargin(0, 8, 10, 0);
    chart.addSubtitle(subtitle);
    chart.addSubtitle(colourBar());
    return chart.createBufferedImage(WIDTH, height());
  }

  /** Draws it into a PNG file. */
  public void write(Path file) throws IOException {
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    if (!ImageIO.write(image(), "png", file.toFile())) {
      throw new IOException("Cannot write " + file + ": this Java cannot write PNG");
    }
  }

  private XYPlot plot() {
    XYBlockRenderer renderer = new XYBlockRenderer();
    MapBlocks blocks = new MapBlocks(map);
    renderer.setPaintScale(colours);
    renderer.setBlockWidth(blocks.width());
    renderer.setBlockHeight(blocks.height());
    NumberAxis longitudes = axis(map.longitudes(), DegreeFormat.longitude());
    NumberAxis latitudes = axis(map.latitudes(), DegreeFormat.latitude());
    XYPlot plot = new XYPlot(blocks, longitudes, latitudes, renderer);
    plot.setBackgroundPaint(colours.getPaint(Double.NaN));
    plot.setOutlinePaint(INK);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    BasicStroke hairline = new BasicStroke(0.6f);
    for (double degrees : ticks(longitudes)) {
      plot.addDomainMarker(new ValueMarker(degrees, GRATICULE, hairline), Layer.FOREGROUND);
    }
    for (double degrees : ticks(latitudes)) {
      plot.addRangeMarker(new ValueMarker(degrees, GRATICULE, hairline), Layer.FOREGROUND);
    }
    return plot;
  }

  private static NumberAxis axis(double[] degrees, NumberFormat format) {
    NumberAxis axis = new NumberAxis();
    double half = extent(degrees) / degrees.length / 2;
    axis.setRange(
        Math.min(degrees[0], degrees[degrees.length - 1]) - half,
        Math.max(degrees[0], degrees[degrees.length - 1]) + half);
    axis.setTickUnit(new NumberTickUnit(tickDegrees(extent(degrees))));
    axis.setNumberFormatOverride(format);
    style(axis);
    return axis;
  }

  private static double tickDegrees(double extent) {
    for (double whole : new double[] {30, 15, 10, 5}) {
      if (extent / whole >= 5) {
        return whole;
      }
    }
    return ColourScale.roundStep(extent);
  }

  private static double[] ticks(NumberAxis axis) {
    double step = axis.getTickUnit().getSize();
    long first = (long) Math.ceil(axis.getLowerBound() / step);
    long last = (long) Math.floor(axis.getUpperBound() / step);
    double[] ticks = new double[(int) (last - first + 1)];
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] = (first + i) * step;
    }
    return ticks;
  }

  /** From the outer edge of the first cell to that of the last. */
  private static double extent(double[] degrees) {
    double between = Math.abs(degrees[degrees.length - 1] - degrees[0]);
    return between * degrees.length / (degrees.length - 1);
  }

  private PaintScaleLegend colourBar() {
    NumberAxis axis = new NumberAxis(map.labels().units());
    style(axis);
    axis.setLabelFont(font(Font.PLAIN, 14));
    axis.setLabelPaint(INK);
    if (map.labels().units().length() <= UPRIGHT_UNITS) {
      axis.setLabelAngle(-Math.PI / 2);
    }
    axis.setTickUnit(
        new NumberTickUnit(
            ColourScale.roundStep(colours.getUpperBound() - colours.getLowerBound())));
    axis.setNumberFormatOverride(new ValueFormat(axis.getTickUnit().getSize()));
    PaintScaleLegend bar = new PaintScaleLegend(colours, axis);
    bar.setPosition(RectangleEdge.RIGHT);
    bar.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
    bar.setStripWidth(18);
    bar.setSubdivisionCount(256);
    bar.setStripOutlineVisible(true);
    bar.setStripOutlinePaint(INK);
    bar.setMargin(0, 18, 24, 0);
    bar.setBackgroundPaint(Color.WHITE);
    return bar;
  }

  private static void style(NumberAxis axis) {
    axis.setTickLabelFont(font(Font.PLAIN, 12));
    axis.setTickLabelPaint(INK);
    axis.setAxisLineVisible(false);
    axis.setTickMarkPaint(INK);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
