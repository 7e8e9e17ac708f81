package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.FlatGrid;
import dev.firn.io.field.GaussianAxis;
import dev.firn.io.field.GaussianGrid;
import dev.firn.io.field.Grid;
import java.util.List;
import java.util.Optional;

/**
 * Grid definition template 3.40: Gaussian latitudes, regular or reduced.
 *
 * <p>The first row is the Gaussian latitude that octets 47–50 round. Where they round none, it is
 * not known where the points are.
 */
final class GaussianTemplate {
  static final int NUMBER = 40;

  private static final int ROW_LENGTHS_OCTET = 73;
  private static final double ROUNDING = 1e-3;

  private GaussianTemplate() {}

  static GridDefinition read(OctetReader section) {
    int rows = GridDefinition.extent(section, 35);
    ScanningMode scanning = ScanningMode.read(section, 72);
    Angles angles = Angles.read(section, scanning);
    if (RowLengths.apply(section)) {
      List<Integer> lengths = RowLengths.read(section, ROW_LENGTHS_OCTET, rows);
      Grid grid =
          latitudes(angles, rows)
              .map(axis -> RowLengths.grid(angles, axis, lengths))
              .orElseGet(() -> FlatGrid.ofPoints(GridDefinition.points(section)));
      return GridDefinition.ofReduced(grid, section, scanning);
    }
    int columns = GridDefinition.extent(section, 31);
    GridDefinition.checkPoints(section, rows, columns);
    Grid grid =
        latitudes(angles, rows)
            .<Grid>map(axis -> new GaussianGrid(axis, angles.longitudes(columns)))
            .orElseGet(() -> new FlatGrid(rows, columns));
    return new GridDefinition(grid, scanning, EarthShape.read(section));
  }

  private static Optional<GaussianAxis> latitudes(Angles angles, int rows) {
    long parallels = angles.section().uint32(68);
    if (parallels < 1 || parallels > GaussianAxis.MAX_PARALLELS || rows > 2 * parallels) {
      return Optional.empty();
    }
    int n = (int) parallels;
    double firstLatitude = angles.degreesAt(47);
    int first = GaussianAxis.nearestRow(n, firstLatitude);
    boolean northward = angles.scanning().rowsNorthward();
    int last = northward ? first - rows + 1 : first + rows - 1;
    boolean fits =
        Math.abs(GaussianAxis.latitude(n, first) - firstLatitude) < ROUNDING
            && last >= 0
            && last < 2 * n;
    return fits ? Optional.of(new GaussianAxis(n, first, rows, northward)) : Optional.empty();
  }
}
