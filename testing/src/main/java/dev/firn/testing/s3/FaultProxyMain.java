package dev.firn.testing.s3;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A {@link FaultProxy} as a process: prints its endpoint on a line of standard output. When
 * standard input ends it stops, and prints a JSON document: how many requests there were, and how
 * many met each fault.
 */
public final class FaultProxyMain {
  private FaultProxyMain() {}

  /**
   * Takes the server's URL, and then either {@code ignore-conditions}, or the seed, the share of
   * requests to disturb, and the names of faults.
   */
  public static void main(String[] arguments) throws IOException {
    FaultPlan plan = plan(List.of(arguments).subList(1, arguments.length));
    try (FaultProxy proxy = FaultProxy.start(URI.create(arguments[0]), plan);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        InputStream in = System.in) {
      print(proxy.endpoint().toString(), out);
      in.transferTo(OutputStream.nullOutputStream());
      print(counts(plan), out);
    }
  }

  private static FaultPlan plan(List<String> arguments) {
    if (arguments.get(0).equals("ignore-conditions")) {
      return FaultPlan.ignoringConditions();
    }
    return FaultPlan.of(
        Long.parseLong(arguments.get(0)),
        Double.parseDouble(arguments.get(1)),
        arguments.subList(2, arguments.size()).stream().map(Fault::valueOf).toList());
  }

  private static String counts(FaultPlan plan) {
    Map<Fault, Integer> counts = new TreeMap<>(plan.counts());
    return Arrays.stream(Fault.values())
        .filter(counts::containsKey)
        .map(fault -> ", \"" + fault + "\": " + counts.get(fault))
        .collect(Collectors.joining("", "{\"requests\": " + plan.requests(), "}"));
  }

  private static void print(String line, OutputStream out) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
