/**
 * Sections 5 and 7, data representation and data: one class per data representation template 5.x.
 *
 * <p>{@link dev.firn.io.grib.packing.DataTemplate} picks the template. {@link
 * dev.firn.io.grib.packing.SimplePacking} is the plainest one to read; {@link
 * dev.firn.io.grib.packing.ComplexPacking} and {@link dev.firn.io.grib.packing.SpatialDifferencing}
 * build on each other. {@link dev.firn.io.grib.packing.JpegPacking}, {@link
 * dev.firn.io.grib.packing.PngPacking} and {@link dev.firn.io.grib.packing.CcsdsPacking} get their
 * integers from decoders of other formats. All these end in {@link dev.firn.io.grib.packing.Scale},
 * which turns packed integers into values; {@link dev.firn.io.grib.packing.IeeePacking} and {@link
 * dev.firn.io.grib.packing.RunLengthPacking} do without. {@link
 * dev.firn.io.grib.packing.SimplePacker} and {@link dev.firn.io.grib.packing.ComplexPacker} are the
 * way back.
 *
 * <p>A template opens a {@link dev.firn.io.grib.packing.ValueReader}; the package-private {@code
 * Scaling} is where each of them makes floats of integers, {@code DecodeScratch} what a thread
 * keeps between fields.
 */
package dev.firn.io.grib.packing;
