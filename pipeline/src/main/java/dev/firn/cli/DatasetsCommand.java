package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.firn.catalog.Catalog;
import dev.firn.dataset.DatasetSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firn datasets}. */
@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    description = "Lists what the catalog holds.")
final class DatasetsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CatalogOption catalog;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Catalog loaded = catalog.load();
    if (json) {
      out.println(json(loaded));
    } else {
      TextTable table = new TextTable("dataset", "version", "variables", "name");
      for (Catalog.Entry entry : loaded.entries()) {
        DatasetSpec dataset = entry.spec();
        table.add(dataset.id(), dataset.version(), dataset.variables().size(), name(dataset));
      }
      table.lines().forEach(out::println);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static String name(DatasetSpec dataset) {
    return dataset.attributes().path("name").asText();
  }

  private static String json(Catalog catalog) {
    ArrayNode datasets = new ObjectMapper().createArrayNode();
    for (Catalog.Entry entry : catalog.entries()) {
      DatasetSpec dataset = entry.spec();
      datasets
          .addObject()
          .put("id", dataset.id())
          .put("version", dataset.version())
          .put("name", name(dataset))
          .put("variables", dataset.variables().size())
          .put("append_dimension", dataset.append().name())
          .put("start", dataset.append().start().toString())
          .put("every_seconds", dataset.append().every().toSeconds())
          .put("definition", entry.origin());
    }
    return datasets.toPrettyString();
  }
}
