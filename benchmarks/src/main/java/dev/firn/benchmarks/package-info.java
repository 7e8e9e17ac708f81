/**
 * Measures Firn's GRIB2 decoding beside ecCodes.
 *
 * <p>{@link dev.firn.benchmarks.GribBenchmark} is the program. {@code SampleFields} are the values,
 * {@code BenchmarkFile} a packing of them; {@code FirnSide} and {@code EccodesSide} decode, in
 * turns of {@code PairedTurns}.
 */
package dev.firn.benchmarks;
