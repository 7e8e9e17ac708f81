package dev.firn.io.grib.grid;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.FlatGrid;
import dev.firn.io.field.Grid;
import dev.firn.io.field.ProjectedGrid;
import dev.firn.io.field.RotatedLatLonGrid;
import dev.firn.io.projection.CoordinateReference;
import dev.firn.io.projection.Earth;
import java.util.Optional;

/**
 * Section 3: the grid and the order its points are stored in.
 *
 * @param grid its rows and columns in the order they were scanned
 * @param scanning how points follow each other (flag table 3.4)
 * @param earth what coordinates refer to (code table 3.2); empty where it is not said
 */
public record GridDefinition(Grid grid, ScanningMode scanning, Optional<Earth> earth) {
  /** More points than any forecast has; a small message that claims more is broken. */
  public static final int MAX_POINTS = 1 << 26;

  /** A definition for the sphere GribWriter writes, of 6371229 m. */
  public GridDefinition(Grid grid, ScanningMode scanning) {
    this(grid, scanning, Optional.of(Earth.sphere(6_371_229)));
  }

  /** The number of the grid definition template (octets 13–14). */
  public static int template(OctetReader section) {
    return section.uint16(13);
  }

  /**
   * Reads the section. Where its rows are not as many points as it says, or points are offset from
   * those of a regular grid, their places are left out.
   */
  public static GridDefinition read(OctetReader section) {
    int source = section.uint8(6);
    if (source != 0) {
      throw new UnsupportedFeatureException(
          "source of grid definition " + source + " (code table 3.0)", section.origin(6));
    }
    GridDefinition definition = readTemplate(section);
    if (points(section) != definition.grid.points()) {
      return ofPoints(section);
    }
    return definition.scanning.isOffset() ? definition.withoutPlaces() : definition;
  }

  private GridDefinition withoutPlaces() {
    return new GridDefinition(new FlatGrid(grid.rows(), grid.columns()), scanning, earth);
  }

  private static GridDefinition readTemplate(OctetReader section) {
    int template = template(section);
    return switch (template) {
      case LatLonTemplate.NUMBER -> LatLonTemplate.read(section);
      case RotatedLatLonTemplate.NUMBER -> RotatedLatLonTemplate.read(section);
      case MercatorTemplate.NUMBER -> MercatorTemplate.read(section);
      case TransverseMercatorTemplate.NUMBER -> TransverseMercatorTemplate.read(section);
      case PolarStereographicTemplate.NUMBER -> PolarStereographicTemplate.read(section);
      case ConicTemplate.LAMBERT -> ConicTemplate.readLambert(section);
      case ConicTemplate.ALBERS -> ConicTemplate.readAlbers(section);
      case GaussianTemplate.NUMBER -> GaussianTemplate.read(section);
      case SpaceViewTemplate.NUMBER -> SpaceViewTemplate.read(section);
      case LambertAzimuthalTemplate.NUMBER -> LambertAzimuthalTemplate.read(section);
      case 50, 51, 52, 53, 61, 62, 63 ->
          throw new UnsupportedFeatureException(
              "grid template 3." + template + ", of spectral coefficients", section.origin(13));
      default -> ofPoints(section);
    };
  }

  /** Points alone, in the order they are stored. */
  private static GridDefinition ofPoints(OctetReader section) {
    return new GridDefinition(
        FlatGrid.ofPoints(points(section)), new ScanningMode(0), Optional.empty());
  }

  /** Rows of different lengths; only those stored one after the other, all forward, have places. */
  static GridDefinition ofReduced(Grid grid, OctetReader section, ScanningMode scanning) {
    return scanning.alternating() || scanning.columnByColumn()
        ? ofPoints(section)
        : new GridDefinition(grid, scanning, EarthShape.read(section));
  }

  /** What coordinates refer to; empty where they are not known. */
  public Optional<CoordinateReference> reference() {
    if (grid instanceof ProjectedGrid map) {
      return Optional.of(map.projection().reference());
    }
    if (grid instanceof RotatedLatLonGrid rotated) {
      return earth.map(rotated.rotation()::reference);
    }
    return grid instanceof FlatGrid ? Optional.empty() : earth.map(CoordinateReference::geographic);
  }

  /** Writes the section's octets from 6 on. */
  public void write(OctetWriter section) {
    section.uint8(0).uint32(grid.points()).uint8(0).uint8(0);
    LatLonTemplate.write(this, section);
  }

  /** Rows or columns, octets {@code octet} to {@code octet + 3}: at least one. */
  static int extent(OctetReader section, int octet) {
    if (section.isMissing(octet, 4)) {
      throw new UnsupportedFeatureException(
          "quasi-regular grid, with columns of different lengths", section.origin(octet));
    }
    long extent = section.uint32(octet);
    if (extent < 1 || extent > MAX_POINTS) {
      throw new CorruptInputException(
          "read grid",
          section.origin(octet),
          extent + " points along a side, expected 1 to " + MAX_POINTS);
    }
    return (int) extent;
  }

  /** The number of points, octets 7–10. */
  static int points(OctetReader section) {
    long points = section.uint32(7);
    if (points > MAX_POINTS) {
      throw new CorruptInputException(
          "read grid", section.origin(7), points + " points, expected at most " + MAX_POINTS);
    }
    return (int) points;
  }

  /** Checks that {@code rows · columns} is a number of points Firn holds. */
  static void checkPoints(OctetReader section, int rows, int columns) {
    if ((long) rows * columns > MAX_POINTS) {
      throw new CorruptInputException(
          "read grid",
          section.origin(),
          rows + " rows of " + columns + ", expected at most " + MAX_POINTS + " points");
    }
  }
}
