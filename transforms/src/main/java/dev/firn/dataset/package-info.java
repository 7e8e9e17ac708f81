/**
 * What an archive looks like: dimensions, coordinates, variables, and where their values come from.
 * Values only, no I/O.
 *
 * <p>{@link dev.firn.dataset.DatasetSpec} is one archive, read from its definition by {@link
 * dev.firn.dataset.DatasetParser}, which adds the usual coordinates of its dimensions; {@link
 * dev.firn.dataset.Template} renders its Zarr metadata and coordinates for any length of the append
 * dimension.
 */
package dev.firn.dataset;
