/**
 * Maps of stored variables, as PNG files.
 *
 * <p>{@link dev.firn.plot.StoredMap} picks a slice of a variable of a Zarr store, {@link
 * dev.firn.plot.GeoMap}; {@link dev.firn.plot.MapPlot} draws it, with colours of a {@code
 * ColourScale}.
 */
package dev.firn.plot;
