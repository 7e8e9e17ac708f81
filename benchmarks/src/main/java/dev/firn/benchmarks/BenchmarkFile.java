package dev.firn.benchmarks;

import java.nio.file.Path;

/**
 * A file of one message.
 *
 * @param packing how its values are packed
 * @param data what they are
 * @param path where it is
 */
record BenchmarkFile(String packing, String data, Path path) {}
