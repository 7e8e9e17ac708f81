/**
 * Section 3, the grid definition: one class per grid definition template 3.x.
 *
 * <p>{@link dev.firn.io.grib.grid.GridDefinition} reads the section and picks the template; {@link
 * dev.firn.io.grib.grid.ScanningMode} puts values in the order of rows and columns. {@code Angles}
 * reads what templates of latitudes and longitudes share, {@code MapSection} what those of maps do.
 */
package dev.firn.io.grib.grid;
