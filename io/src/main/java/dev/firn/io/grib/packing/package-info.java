/**
 * Sections 5 and 7, data representation and data: one class per data representation template 5.x.
 *
 * <p>{@link dev.firn.io.grib.packing.DataTemplate} picks the template. {@link
 * dev.firn.io.grib.packing.SimplePacking} is the plainest one to read; {@link
 * dev.firn.io.grib.packing.ComplexPacking} and {@link dev.firn.io.grib.packing.SpatialDifferencing}
 * build on each other. All end in {@link dev.firn.io.grib.packing.Scale}, which turns packed
 * integers into values. {@link dev.firn.io.grib.packing.SimplePacker} and {@link
 * dev.firn.io.grib.packing.ComplexPacker} are the way back.
 */
package dev.firn.io.grib.packing;
