package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.dataset.ConfigurationException;
import dev.firn.io.netcdf.NetcdfFile;
import dev.firn.io.netcdf.NetcdfListing;
import dev.firn.io.netcdf.NetcdfType;
import dev.firn.io.netcdf.NetcdfVariable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firn netcdf}. */
@Command(
    name = "netcdf",
    mixinStandardHelpOptions = true,
    description = "Looks into NetCDF and HDF5 files.")
final class NetcdfCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is missing: firn netcdf ls FILE, firn netcdf values FILE PATH");
  }

  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "Lists a file's variables: type, dimensions, chunks, filters, attributes.")
  int ls(
      @Parameters(paramLabel = "FILE", description = "The NetCDF or HDF5 file.") Path path,
      @Option(names = "--json", description = "Prints JSON, with groups and all attributes.")
          boolean json)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (NetcdfFile file = NetcdfFile.open(InputFile.at(path))) {
      if (json) {
        out.println(
            new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(NetcdfListing.of(file)));
      } else {
        List<List<String>> rows = NetcdfListing.rows(file);
        TextTable table = new TextTable(rows.get(0).toArray(String[]::new));
        rows.stream().skip(1).forEach(row -> table.add(row.toArray()));
        out.println(file.format());
        table.lines().forEach(out::println);
      }
    }
    out.flush();
    return ExitCode.DONE;
  }

  @Command(
      name = "values",
      mixinStandardHelpOptions = true,
      description = {
        "Prints a variable's values with their indices: numbers as scale, offset and missing values",
        "make them, everything else as it is stored."
      })
  int values(
      @Parameters(paramLabel = "FILE", description = "The NetCDF or HDF5 file.") Path path,
      @Parameters(paramLabel = "PATH", description = "The variable: /group/name.") String name,
      @Option(
              names = "--raw",
              description = "Writes the values alone, as they are stored, numbers little-endian.")
          boolean raw)
      throws IOException {
    try (NetcdfFile file = NetcdfFile.open(InputFile.at(path))) {
      NetcdfVariable variable =
          file.root()
              .variable(name)
              .orElseThrow(
                  () -> new ConfigurationException("There is no variable " + name + " in " + path));
      if (raw) {
        writeRaw(variable);
      } else {
        print(variable);
      }
    }
    return ExitCode.DONE;
  }

  private static void writeRaw(NetcdfVariable variable) throws IOException {
    if (variable.type().usesHeap()) {
      throw new ConfigurationException(
          "--raw is for values of a fixed size, %s has values of type %s"
              .formatted(variable.path(), variable.type().label()));
    }
    RawOutput.write(variable.read().bytes());
  }

  private void print(NetcdfVariable variable) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<?> values =
        variable.type() instanceof NetcdfType.Numeric
            ? Arrays.stream(variable.readDoubles()).boxed().toList()
            : variable.read().elements();
    for (int i = 0; i < values.size(); i++) {
      out.println(indices(i, variable.shape()) + " " + values.get(i));
    }
    out.flush();
  }

  private static String indices(int index, List<Integer> shape) {
    List<Integer> indices = new ArrayList<>();
    int rest = index;
    for (int i = shape.size() - 1; i >= 0; i--) {
      indices.add(0, rest % shape.get(i));
      rest /= shape.get(i);
    }
    return indices.toString();
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = {
        "Writes the values of every variable into files N.bin as they are stored, numbers",
        "little-endian, and N.f32 as decoded; what has no fixed size into N.json.",
        "Prints a line of JSON for each file, with all that is in it, and one for each variable.",
        "Goes on after what cannot be read, and ends with exit code 1 then."
      })
  int export(
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files.") List<Path> paths,
      @Option(
              names = "--to",
              paramLabel = "DIR",
              required = true,
              description = "The directory to write into; made if it is not there.")
          Path directory)
      throws IOException {
    Files.createDirectories(directory);
    ExportLines lines = new ExportLines(spec.commandLine().getOut());
    VariableExport export = new VariableExport(directory, lines);
    for (Path path : paths) {
      export.add(InputFile.at(path));
    }
    return lines.failures() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }
}
