/**
 * GRIB edition 2 (WMO FM 92): messages of numbered sections, each holding one or more fields.
 *
 * <p>To read: {@link dev.firn.io.grib.GribFile} finds messages in a file, {@link
 * dev.firn.io.grib.GribMessage} divides one into sections, {@link dev.firn.io.grib.GribField} says
 * what a field is and decodes it. A class named after a section reads and writes that section;
 * templates of section 3 are in {@code grid}, those of sections 5 and 7 in {@code packing}. {@link
 * dev.firn.io.grib.GribProduct} says it without reading the values. {@link
 * dev.firn.io.grib.NoaaIndex} and {@link dev.firn.io.grib.EcmwfIndex} read the inventories that
 * these centres put beside their files, {@link dev.firn.io.grib.GribInventory} makes one of a file
 * that has none.
 *
 * <p>To write: {@link dev.firn.io.grib.GribWriter}.
 */
package dev.firn.io.grib;
