package dev.firn.benchmarks;

import dev.firn.io.field.Field;
import dev.firn.io.grib.GribWriter;
import dev.firn.io.grib.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Packs fields in every way: Firn what it writes, ecCodes the others. */
final class BenchmarkFiles {
  private static final int ALL_BITS = 24;

  private final SampleFields samples;
  private final EccodesSide eccodes;
  private final Path folder;
  private final List<BenchmarkFile> files = new ArrayList<>();

  private BenchmarkFiles(SampleFields samples, EccodesSide eccodes, Path folder) {
    this.samples = samples;
    this.eccodes = eccodes;
    this.folder = folder;
  }

  /** Writes all files into {@code folder}. */
  static List<BenchmarkFile> write(SampleFields samples, EccodesSide eccodes, Path folder)
      throws IOException {
    BenchmarkFiles files = new BenchmarkFiles(samples, eccodes, folder);
    files.addSimple();
    files.addComplex();
    files.addByEccodes();
    files.addOthers();
    return files.files;
  }

  private void addSimple() throws IOException {
    Field temperature = samples.smooth();
    for (int bits : new int[] {12, 16, 24}) {
      addPacked("simple " + bits, "temperature", temperature, Packing.simple(bits, 0));
    }
    Field waves = samples.field("waves.grib2");
    addPacked("simple 16, bit-map", "waves", waves, Packing.simple(16, 0));
  }

  private void addComplex() throws IOException {
    Field temperature = samples.smooth();
    Field noisy = samples.noisy();
    Field waves = samples.field("waves.grib2");
    addPacked("complex 16", "temperature", temperature, Packing.complex(16, 0));
    addPacked("complex 16", "noisy temperature", noisy, Packing.complex(16, 0));
    addAsIs("complex 9, inline missing", "waves, as NCEP packed them", "waves.grib2", 0);
    for (int order = 1; order <= 2; order++) {
      Packing differences = Packing.spatialDifferencing(order, 16, 0);
      String name = "differencing " + order + ", 16";
      addPacked(name, "temperature", temperature, differences);
      addPacked(name, "noisy temperature", noisy, differences);
      addPacked(name + ", bit-map", "waves", waves, differences);
    }
    addAsIs("differencing 2, 13", "pressure, as NCEP packed it", "gfs.grib2", 0);
    addAsIs("differencing 2, 16", "cloud water, as NCEP packed it", "gfs.grib2", 1);
  }

  private void addByEccodes() throws IOException {
    for (int bits : new int[] {12, 16, 24}) {
      addRepacked("CCSDS " + bits, "grid_ccsds", bits, "temperature");
    }
    addRepacked("CCSDS 16", "grid_ccsds", 16, "noisy temperature");
    addAsIs("CCSDS 16", "precipitation, as ECMWF packed it", "precipitation.grib2", 0);
    for (int bits : new int[] {16, 24}) {
      addRepacked("PNG " + bits, "grid_png", bits, "temperature");
    }
    addRepacked("PNG 16", "grid_png", 16, "noisy temperature");
    addRepacked("PNG 16", "grid_png", 16, "precipitation");
    for (int bits : new int[] {12, 16}) {
      addRepacked("JPEG 2000 " + bits, "grid_jpeg", bits, "temperature");
    }
    addRepacked("JPEG 2000 16", "grid_jpeg", 16, "precipitation");
  }

  private void addOthers() throws IOException {
    add("run length 8", "precipitation", RunLengthMessage.of(samples.field("precipitation.grib2")));
    addRepacked("IEEE 32", "grid_ieee", 32, "temperature");
  }

  private void addPacked(String packing, String data, Field field, Packing how) throws IOException {
    add(packing, data, GribWriter.message().field(field).packing(how).toBytes());
  }

  private void addAsIs(String packing, String data, String file, int index) throws IOException {
    add(packing, data, samples.message(file, index));
  }

  private void add(String packing, String data, byte[] message) throws IOException {
    files.add(new BenchmarkFile(packing, data, Files.write(next(), message)));
  }

  private void addRepacked(String packing, String type, int bits, String data) throws IOException {
    Field field =
        switch (data) {
          case "temperature" -> samples.smooth();
          case "noisy temperature" -> samples.noisy();
          default -> samples.field(data + ".grib2");
        };
    byte[] simple =
        GribWriter.message().field(field).packing(Packing.simple(ALL_BITS, 0)).toBytes();
    eccodes.load(Files.write(folder.resolve("simple.grib2"), simple));
    Path path = next();
    eccodes.pack(type, bits, path);
    files.add(new BenchmarkFile(packing, data, path));
  }

  private Path next() {
    return folder.resolve("packed-" + files.size() + ".grib2");
  }
}
