/**
 * What {@code firn demo} has instead of a weather service: a small made-up model whose forecasts
 * are genuine GRIB2 files with inventories, laid out in a directory like a bucket.
 *
 * <p>{@link dev.firn.demo.DemoModel} publishes; {@code ModelFile} writes one file, {@code
 * ModelField} lists the fields in it, {@code Forecast} computes their values from the {@code
 * Atmosphere} at a moment, which is a few {@code Waves} over the {@code Planet}. {@link
 * dev.firn.demo.DemoDirectory} keeps the demo from touching files that are not its own.
 */
package dev.firn.demo;
