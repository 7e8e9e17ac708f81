package dev.firn.update;

import dev.firn.dataset.NetcdfMatch;
import dev.firn.io.Origin;
import dev.firn.io.field.Field;
import dev.firn.io.field.FlatGrid;
import dev.firn.io.netcdf.NetcdfAttribute;
import dev.firn.io.netcdf.NetcdfFile;
import dev.firn.io.netcdf.NetcdfVariable;
import dev.firn.io.netcdf.Slab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Fields of NetCDF and HDF5 files, with the numbers that are stored: which of them are missing and
 * how they are scaled, the dataset says. In the archive's order of rows and columns.
 */
final class NetcdfFields {
  private NetcdfFields() {}

  static Field read(FieldRef ref, NetcdfMatch match, byte[] content) throws IOException {
    Path file = Files.createTempFile("firn-source-", ".nc");
    try {
      Files.write(file, content);
      try (NetcdfFile open = NetcdfFile.open(file, ref.origin())) {
        return read(ref, match, open);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static Field read(FieldRef ref, NetcdfMatch match, NetcdfFile file) throws IOException {
    Plane plane = Plane.of(ref, file, match.path());
    match.attributes().forEach((name, expected) -> plane.check(ref, name, expected));
    float[] values = plane.values();
    if (match.quality().isPresent()) {
      NetcdfMatch.Quality quality = match.quality().get();
      Plane flags = Plane.of(ref, file, quality.path());
      if (flags.rows() != plane.rows() || flags.columns() != plane.columns()) {
        throw new QuarantinedFieldException(
            ref.variable().path().value(),
            ref.origin(),
            quality.path() + " has another shape than " + match.path());
      }
      mask(values, flags.values(), quality);
    }
    int rows = match.transposed() ? plane.columns() : plane.rows();
    int columns = match.transposed() ? plane.rows() : plane.columns();
    float[] transposed = match.transposed() ? transposed(values, rows, columns) : values;
    if (match.rowsReversed()) {
      reverseRows(transposed, rows, columns);
    }
    return new Field(new FlatGrid(rows, columns), transposed);
  }

  private static void mask(float[] values, float[] flags, NetcdfMatch.Quality quality) {
    for (int i = 0; i < values.length; i++) {
      if (!quality.isGood((int) flags[i])) {
        values[i] = Float.NaN;
      }
    }
  }

  private static float[] transposed(float[] values, int rows, int columns) {
    float[] transposed = new float[values.length];
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        transposed[row * columns + column] = values[column * rows + row];
      }
    }
    return transposed;
  }

  private static void reverseRows(float[] values, int rows, int columns) {
    float[] row = new float[columns];
    for (int top = 0; top < rows / 2; top++) {
      int bottom = (rows - 1 - top) * columns;
      System.arraycopy(values, top * columns, row, 0, columns);
      System.arraycopy(values, bottom, values, top * columns, columns);
      System.arraycopy(row, 0, values, bottom, columns);
    }
  }

  /** The last two dimensions of a variable, before which there are only those of length 1. */
  private record Plane(NetcdfVariable variable, int rows, int columns) {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(E-?[0-9]+)?");

    static Plane of(FieldRef ref, NetcdfFile file, String path) {
      String name = ref.variable().path().value();
      NetcdfVariable variable =
          file.root()
              .variable(path)
              .orElseThrow(() -> unknown(name, ref.origin(), "there is no variable " + path));
      List<Integer> shape = variable.shape();
      int rank = shape.size();
      if (rank < 2 || shape.subList(0, rank - 2).stream().anyMatch(length -> length != 1)) {
        throw unknown(name, ref.origin(), path + " has shape " + shape + ", expected one field");
      }
      return new Plane(variable, shape.get(rank - 2), shape.get(rank - 1));
    }

    private static QuarantinedFieldException unknown(String name, Origin origin, String what) {
      return new QuarantinedFieldException(name, origin, what);
    }

    /** Sets the field aside if the variable does not say of itself what it must. */
    void check(FieldRef ref, String name, String expected) {
      Optional<NetcdfAttribute> stated = Optional.ofNullable(variable.attributes().get(name));
      if (stated.isEmpty() || !says(stated.get(), expected)) {
        String found = stated.map(each -> each.values().toString()).orElse("none");
        throw unknown(
            ref.variable().path().value(),
            ref.origin(),
            variable.path() + " has " + name + " " + found + ", expected " + expected);
      }
    }

    private static boolean says(NetcdfAttribute stated, String expected) {
      if (stated.text().isPresent()) {
        return stated.text().get().equals(expected);
      }
      double[] numbers = stated.numbers();
      return numbers.length == 1
          && NUMBER.matcher(expected).matches()
          && (float) numbers[0] == Float.parseFloat(expected);
    }

    float[] values() throws IOException {
      float[] values = new float[rows * columns];
      variable.readStoredInto(values, 0, Slab.all(variable.shape()));
      return values;
    }
  }
}
