package dev.firn.benchmarks;

import dev.firn.io.netcdf.NetcdfFile;
import dev.firn.io.netcdf.NetcdfVariable;
import dev.firn.io.netcdf.Slab;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Firn's side of {@code ./bench netcdf}, which {@code interop/netcdf_benchmark.py} drives: reads a
 * variable chunk by chunk each time a line comes in, and prints the nanoseconds of CPU time.
 */
public final class NetcdfBenchmark {
  private NetcdfBenchmark() {}

  /**
   * Takes turns until the input ends, or counts the ranges that opening a file asks for.
   *
   * @param arguments {@code turns FILE VARIABLE stored|decoded} or {@code ranges FILE}
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    if (arguments[0].equals("ranges")) {
      out.println(ranges(Path.of(arguments[1])));
      return;
    }
    BufferedReader turns =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (turns.readLine() != null) {
      out.println(nanos(Path.of(arguments[1]), arguments[2], arguments[3].equals("decoded")));
    }
  }

  private static String nanos(Path path, String name, boolean decoded) throws IOException {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    double sum = 0;
    try (NetcdfFile file = NetcdfFile.open(path)) {
      NetcdfVariable variable = file.root().variable(name).orElseThrow();
      List<Slab> chunks = variable.chunks().toList();
      float[] values = new float[(int) chunks.get(0).size()];
      for (Slab chunk : chunks) {
        if (decoded) {
          variable.readInto(values, 0, chunk);
          sum += values[0];
        } else {
          sum += variable.read(chunk).array().hashCode();
        }
      }
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    return nanos + " " + sum;
  }

  /** How many ranges reading all headers of an HDF5 file asks for, one after the other. */
  private static String ranges(Path path) throws IOException {
    try (CountingChannel channel = new CountingChannel(path);
        HdfFile file = new HdfFile(channel, path.toUri())) {
      visit(file);
      return channel.reads() + " " + channel.bytes();
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private static void visit(Group group) {
    group.getAttributes();
    for (Node node : group) {
      node.getAttributes();
      if (node instanceof Group below) {
        visit(below);
      }
    }
  }
}
