/**
 * Where on the earth a point of a map is.
 *
 * <p>{@link dev.firn.io.projection.Projection} is a map of an {@link dev.firn.io.projection.Earth};
 * one class for each kind, with the formulas of Snyder, <i>Map Projections: A Working Manual</i>
 * (USGS Professional Paper 1395), unless it names others. {@link
 * dev.firn.io.projection.CoordinateReference} says the same to other programs.
 */
package dev.firn.io.projection;
