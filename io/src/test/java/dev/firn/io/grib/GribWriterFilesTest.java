package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.firn.io.Origin;
import dev.firn.io.field.Field;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import dev.firn.io.field.RegularAxis;
import dev.firn.io.grib.grid.ScanningMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Writes files for {@code interop/test_grib_writer.py}, which reads them with ecCodes: {@code
 * target/grib-writer/NAME.grib2}, and in {@code NAME.f32} the values that went in.
 */
class GribWriterFilesTest {
  private static final Path FOLDER = Path.of("target", "grib-writer");
  private static final LatLonGrid GLOBAL =
      new LatLonGrid(RegularAxis.degrees(90, -90, 19), RegularAxis.degrees(0, 350, 36));
  private static final LatLonGrid NORTHWARD =
      new LatLonGrid(RegularAxis.degrees(-10.5, 20, 62), RegularAxis.degrees(350, 380, 61));
  private static final LatLonGrid WESTWARD =
      new LatLonGrid(RegularAxis.degrees(50, 40, 5), RegularAxis.degrees(20, 5, 16));
  private static final LatLonGrid SMALL =
      new LatLonGrid(RegularAxis.degrees(50, 48, 3), RegularAxis.degrees(5, 9, 5));

  @Test
  void filesForInteropHaveTheFieldsThatWentIn() throws IOException {
    Files.createDirectories(FOLDER);
    for (Map.Entry<String, GribWriter> file : files().entrySet()) {
      byte[] bytes = file.getValue().toBytes();

      GribMessage message = GribMessage.parse(bytes, Origin.of(file.getKey(), 0));

      assertThat(message.lengthBytes(), is((long) bytes.length));
      Files.write(FOLDER.resolve(file.getKey() + ".grib2"), bytes);
    }
  }

  private static Map<String, GribWriter> files() throws IOException {
    Map<String, GribWriter> files = new LinkedHashMap<>();
    for (LatLonGrid grid : new LatLonGrid[] {GLOBAL, NORTHWARD, WESTWARD, SMALL}) {
      for (Packing packing : packings()) {
        for (boolean holes : new boolean[] {false, true}) {
          Field field = wave(grid, holes);
          String name =
              "%dx%d_t%d_o%d_b%d_d%d%s%s"
                  .formatted(
                      grid.rows(),
                      grid.columns(),
                      packing.template(),
                      packing.order(),
                      packing.bits(),
                      packing.decimalScale(),
                      packing.missing() ? "_inline" : "",
                      holes ? "_holes" : "");
          files.put(name, GribWriter.message().field(write(name, field)).packing(packing));
        }
      }
    }
    addProducts(files);
    addOrders(files);
    return files;
  }

  private static Packing[] packings() {
    return new Packing[] {
      Packing.simple(1, 0),
      Packing.simple(12, 1),
      Packing.simple(27, 8),
      Packing.complex(9, 0),
      Packing.complex(20, 2),
      Packing.complex(12, -1).withInlineMissing(),
      Packing.spatialDifferencing(1, 14, 3),
      Packing.spatialDifferencing(1, 10, 0).withInlineMissing(),
      Packing.spatialDifferencing(2, 24, 1),
      Packing.spatialDifferencing(2, 11, 0).withInlineMissing()
    };
  }

  private static void addProducts(Map<String, GribWriter> files) throws IOException {
    StatisticalInterval interval =
        new StatisticalInterval(1, Duration.ofHours(6), Duration.ofHours(12));
    EnsembleMember member = new EnsembleMember(3, 7, 30);
    Field field = wave(GLOBAL, false);
    files.put("product_0", GribWriter.message().leadTime(Duration.ofMinutes(90)));
    files.put("product_1", GribWriter.message().leadTime(Duration.ofDays(16)).member(member));
    files.put("product_2", GribWriter.message().derivedForecast(0, 30));
    files.put("product_8", GribWriter.message().interval(interval));
    files.put("product_11", GribWriter.message().interval(interval).member(member));
    files.put("product_12", GribWriter.message().interval(interval).derivedForecast(4, 30));
    for (Map.Entry<String, GribWriter> file : files.entrySet()) {
      if (file.getKey().startsWith("product")) {
        file.getValue()
            .parameter(new Parameter(0, 1, 8))
            .level(Level.between(FixedSurface.of(103, 0.25), FixedSurface.of(100, 85000)))
            .packing(Packing.simple(16, 2))
            .field(write(file.getKey(), field));
      }
    }
    files.put("constant", GribWriter.message().field(write("constant", constant())));
  }

  private static void addOrders(Map<String, GribWriter> files) throws IOException {
    for (int order = 0; order < 4; order++) {
      int flags =
          ((order & 1) != 0 ? ScanningMode.COLUMN_BY_COLUMN : 0)
              | ((order & 2) != 0 ? ScanningMode.ALTERNATING : 0);
      String name = "order_" + flags;
      Field field = write(name, wave(NORTHWARD, true));
      files.put(name, GribWriter.message().storedOrder(flags).field(field));
    }
  }

  private static Field constant() {
    float[] values = new float[GLOBAL.points()];
    Arrays.fill(values, 273.15f);
    return new Field(GLOBAL, values);
  }

  private static Field wave(LatLonGrid grid, boolean holes) {
    float[] values = new float[grid.points()];
    for (int i = 0; i < values.length; i++) {
      double noise = i * 7919L % 101 / 50.0;
      values[i] = (float) (280 + 25 * Math.sin(i * 0.05) + noise);
      if (holes && (i % 7 == 0 || (i > 30 && i < 90))) {
        values[i] = Float.NaN;
      }
    }
    return new Field(grid, values);
  }

  private static Field write(String name, Field field) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * field.values().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(field.values());
    Files.write(FOLDER.resolve(name + ".f32"), bytes.array());
    return field;
  }
}
