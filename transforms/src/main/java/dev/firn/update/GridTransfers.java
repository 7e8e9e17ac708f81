package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceSpec;
import dev.firn.fields.BilinearRegridding;
import dev.firn.fields.GridAlignment;
import dev.firn.fields.GridTransfer;
import dev.firn.io.field.FlatGrid;
import dev.firn.io.field.Grid;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.ProjectedGrid;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How fields on the grids of a dataset's sources come to the grid of its archive. */
final class GridTransfers {
  private final DatasetSpec spec;
  private final double[] rows;
  private final double[] columns;
  private final Map<Grid, GridTransfer> known = new ConcurrentHashMap<>();

  GridTransfers(DatasetSpec spec) {
    this.spec = spec;
    this.rows = spec.rows().values();
    this.columns = spec.columns().values();
  }

  /**
   * The transfer of a field.
   *
   * @param grid that it is on
   * @throws QuarantinedFieldException if that is not the dataset's
   */
  GridTransfer of(FieldRef ref, Grid grid) {
    GridTransfer before = known.get(grid);
    if (before != null) {
      return before;
    }
    try {
      GridTransfer transfer = transfer(grid);
      known.put(grid, transfer);
      return transfer;
    } catch (IllegalArgumentException other) {
      throw new QuarantinedFieldException(
          ref.variable().path().value(), ref.origin(), other.getMessage());
    }
  }

  private GridTransfer transfer(Grid grid) {
    if (grid instanceof LatLonGrid axes) {
      boolean same = axes.rows() == rows.length && axes.columns() == columns.length;
      return spec.source().regridding() == SourceSpec.Regridding.BILINEAR && !same
          ? BilinearRegridding.of(axes.latitudes(), axes.longitudes(), rows, columns)
          : GridAlignment.of(axes.latitudes(), axes.longitudes(), rows, columns);
    }
    if (grid instanceof ProjectedGrid projected) {
      return GridAlignment.ofMetres(
          projected.y().coordinates(), projected.x().coordinates(), rows, columns);
    }
    boolean unplaced = spec.source().format() == SourceSpec.Format.NETCDF;
    if (unplaced && grid instanceof FlatGrid flat) { // whose points only the dataset knows
      return GridAlignment.ofShape(flat.rows(), flat.columns(), rows.length, columns.length);
    }
    throw new IllegalArgumentException("field is on " + grid + ", which the archive is not");
  }
}
