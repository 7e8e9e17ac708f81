package dev.firn.benchmarks;

import dev.firn.io.Origin;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.field.Field;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.RegularAxis;
import dev.firn.io.grib.GribFile;
import dev.firn.io.grib.GribFileEntry;
import dev.firn.io.grib.GribMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** Fields of 721 × 1440 points, from the sample files. */
final class SampleFields {
  private static final int ROWS = 721;
  private static final int COLUMNS = 1440;
  private static final int REFINEMENT = 4;

  private final Path samples;

  /** Fields of the files in {@code samples}, which {@code bench} has unpacked. */
  SampleFields(Path samples) {
    this.samples = samples;
  }

  /** Message {@code index} of a file, from 0, as the centre packed it. */
  byte[] message(String file, int index) throws IOException {
    try (ByteSource source = ByteSource.open(samples.resolve(file))) {
      GribFileEntry entry = GribFile.of(source).entries().skip(index).findFirst().orElseThrow();
      return source.read(entry.offset(), (int) entry.lengthBytes());
    }
  }

  /** The field of a file's first message. */
  Field field(String file) throws IOException {
    return GribMessage.parse(message(file, 0), Origin.of(file)).fields().get(0).decode();
  }

  /** Temperature at 2 m of a grid of 1 degree, interpolated to 0.25. */
  Field smooth() throws IOException {
    Field coarse = field("temperature-1-degree.grib2");
    float[] values = new float[ROWS * COLUMNS];
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        values[row * COLUMNS + column] = between(coarse, row, column);
      }
    }
    return global(values);
  }

  private static float between(Field coarse, int row, int column) {
    int above = row / REFINEMENT;
    int below = Math.min(above + 1, coarse.grid().rows() - 1);
    int left = column / REFINEMENT;
    int right = (left + 1) % coarse.grid().columns();
    double down = row % REFINEMENT / (double) REFINEMENT;
    double along = column % REFINEMENT / (double) REFINEMENT;
    return (float)
        ((1 - down) * ((1 - along) * at(coarse, above, left) + along * at(coarse, above, right))
            + down * ((1 - along) * at(coarse, below, left) + along * at(coarse, below, right)));
  }

  private static float at(Field field, int row, int column) {
    return field.values()[row * field.grid().columns() + column];
  }

  /** {@link #smooth} with noise of half a kelvin. */
  Field noisy() throws IOException {
    Random noise = new Random(1);
    float[] values = smooth().values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.5 * noise.nextGaussian());
    }
    return global(values);
  }

  private static Field global(float[] values) {
    return new Field(
        new LatLonGrid(RegularAxis.degrees(90, -90, ROWS), RegularAxis.degrees(0, 359.75, COLUMNS)),
        values);
  }
}
