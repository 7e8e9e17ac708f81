/**
 * Adaptive entropy coding of CCSDS 121.0-B, lossless data compression: the code that GRIB2 template
 * 5.42 and HDF5's szip hold their integers in.
 *
 * <p>Samples are coded in blocks, and blocks in intervals that begin with a sample as it is. {@link
 * dev.firn.io.grib.packing.aec.AecDecoder} decodes one interval after the other; {@link
 * dev.firn.io.grib.packing.aec.AecOptions} says how they are coded.
 */
package dev.firn.io.grib.packing.aec;
