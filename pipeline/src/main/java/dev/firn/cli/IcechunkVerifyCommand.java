package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.VirtualStores;
import dev.firn.io.icechunk.maintenance.Finding;
import dev.firn.io.icechunk.maintenance.Verification;
import dev.firn.io.icechunk.maintenance.Verified;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firn icechunk verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Reads everything reachable and lists what is missing or damaged; exit code 1 when anything is.")
final class IcechunkVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private IcechunkOptions options;

  @Option(
      names = "--virtual",
      paramLabel = "PREFIX=URL",
      description =
          "Also looks up virtual chunks below PREFIX, an URL prefix of the repository's configuration, in the store at URL. Repeat it.")
  private Map<String, String> virtual = Map.of();

  @Override
  public Integer call() throws IOException {
    try (ObjectStore store = options.store()) {
      IcechunkOptions.requireRepository(store);
      Verified verified =
          IcechunkMaintenanceOptions.work(
              workers ->
                  new Verification(
                          store,
                          virtualStores(),
                          workers,
                          IcechunkMaintenanceOptions.progress(spec.commandLine().getErr()))
                      .run());
      PrintWriter out = spec.commandLine().getOut();
      if (options.json) {
        out.println(json(verified, store.url()).toPrettyString());
      } else {
        print(verified, out);
      }
      out.flush();
      return verified.findings().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  /** The stores of virtual chunks; they are open until the process ends. */
  private VirtualStores virtualStores() {
    Map<String, ObjectStore> stores = new LinkedHashMap<>();
    virtual.forEach(
        (prefix, url) ->
            stores.put(
                prefix.endsWith("/") ? prefix : prefix + "/", ObjectStores.open(LocalUrl.of(url))));
    return stores.isEmpty() ? VirtualStores.NONE : VirtualStores.of(stores);
  }

  private static Map<String, Long> counts(Verified verified) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("snapshots", verified.snapshots());
    counts.put("transaction_logs", verified.transactionLogs());
    counts.put("manifests", verified.manifests());
    counts.put("native_chunks", verified.refs().nativeChunks());
    counts.put("inline_chunks", verified.refs().inlineChunks());
    counts.put("virtual_chunks", verified.refs().virtualChunks());
    counts.put("virtual_objects", verified.virtualObjects());
    return counts;
  }

  private static ObjectNode json(Verified verified, String url) {
    ObjectNode json = new ObjectMapper().createObjectNode().put("repository", url);
    counts(verified).forEach(json::put);
    json.put("chunk_bytes", verified.refs().bytes());
    ArrayNode findings = json.putArray("findings");
    for (Finding finding : verified.findings()) {
      findings
          .addObject()
          .put("kind", kind(finding))
          .put("object", finding.object())
          .put("detail", finding.detail())
          .put("referrer", finding.referrer());
    }
    return json;
  }

  private static void print(Verified verified, PrintWriter out) {
    for (Finding finding : verified.findings()) {
      out.println(
          "%s %s: %s (from %s)"
              .formatted(kind(finding), finding.object(), finding.detail(), finding.referrer()));
    }
    TextTable table = new TextTable("kind", "count");
    counts(verified).forEach((kind, count) -> table.add(kind.replace('_', ' '), count));
    table.add("missing or damaged", verified.findings().size());
    table.lines().stream().skip(1).forEach(out::println);
  }

  private static String kind(Finding finding) {
    return finding.kind().name().toLowerCase(Locale.ROOT);
  }
}
