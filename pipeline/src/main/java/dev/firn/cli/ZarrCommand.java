package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.zarr.ArraySummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firn zarr}. */
@Command(
    name = "zarr",
    mixinStandardHelpOptions = true,
    description = "Looks into Zarr v3 stores and Icechunk repositories.")
final class ZarrCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing: firn zarr ls STORE");
  }

  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "Lists a store's arrays: shape, chunks, type, codecs, stored objects.")
  int ls(
      @Parameters(paramLabel = "STORE", description = "The store's URL or path.") String store,
      @Option(names = "--json", description = "Prints JSON.") boolean json)
      throws IOException {
    try (StoredArchive archive = StoredArchive.open(store)) {
      PrintWriter out = spec.commandLine().getOut();
      List<ArraySummary> arrays = archive.group().summaries();
      if (json) {
        out.println(json(arrays));
      } else {
        arrays.forEach(array -> out.println(text(array)));
      }
      out.flush();
    }
    return ExitCode.DONE;
  }

  private static String text(ArraySummary array) {
    String chunks =
        array.layout().isSharded()
            ? array.layout().innerChunkShape() + " in " + array.layout().storedChunkShape()
            : array.layout().storedChunkShape().toString();
    return "%-44s %-8s %-24s %6d objects %10s  chunks %s  %s"
        .formatted(
            array.path(),
            array.metadata().dataType().zarrName(),
            array.metadata().shape(),
            array.storedObjects(),
            MemorySize.text(array.storedBytes()),
            chunks,
            array.codecs());
  }

  private static String json(List<ArraySummary> arrays) {
    ArrayNode json = new ObjectMapper().createArrayNode();
    for (ArraySummary array : arrays) {
      ObjectNode node = json.addObject().put("path", array.path().value());
      node.put("data_type", array.metadata().dataType().zarrName());
      array.metadata().shape().forEach(node.putArray("shape")::add);
      array.layout().storedChunkShape().forEach(node.putArray("stored_chunk")::add);
      array.layout().innerChunkShape().forEach(node.putArray("inner_chunk")::add);
      node.put("codecs", array.codecs());
      node.put("stored_objects", array.storedObjects()).put("stored_bytes", array.storedBytes());
    }
    return json.toPrettyString();
  }
}
