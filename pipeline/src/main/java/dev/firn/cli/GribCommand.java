package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.dataset.ConfigurationException;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.field.Field;
import dev.firn.io.field.PointCoordinates;
import dev.firn.io.grib.GribField;
import dev.firn.io.grib.GribFile;
import dev.firn.io.grib.GribListing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firn grib}. */
@Command(name = "grib", mixinStandardHelpOptions = true, description = "Looks into GRIB2 files.")
final class GribCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "A command is missing: firn grib ls FILE, firn grib values FILE N");
  }

  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = {
        "Lists a file's fields: what each is and how it is stored.",
        "Goes on after what cannot be read, and ends with exit code 1 then."
      })
  int ls(
      @Parameters(paramLabel = "FILE", description = "The GRIB2 file.") Path path,
      @Option(names = "--json", description = "Prints JSON.") boolean json)
      throws IOException {
    FieldListing listing;
    try (ByteSource source = ByteSource.open(InputFile.at(path))) {
      listing = FieldListing.of(source);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    if (!listing.fields().isEmpty()) {
      print(listing.fields(), json);
    }
    PrintWriter err = spec.commandLine().getErr();
    listing.remarks().forEach(remark -> err.println("firn: " + remark));
    listing.failures().forEach(failure -> err.println("firn: " + failure.getMessage()));
    if (!listing.failures().isEmpty()) {
      return ExitCode.FAILED;
    }
    if (listing.fields().isEmpty()) {
      throw noMessages(path);
    }
    return ExitCode.DONE;
  }

  private void print(List<GribListing> fields, boolean json) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      List<Map<String, Object>> properties = fields.stream().map(GribListing::properties).toList();
      out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(properties));
    } else {
      GribListing.table(fields).forEach(out::println);
    }
    out.flush();
  }

  @Command(
      name = "values",
      mixinStandardHelpOptions = true,
      description = "Prints a field's values with their latitude and longitude.")
  int values(
      @Parameters(paramLabel = "FILE", description = "The GRIB2 file.") Path path,
      @Parameters(paramLabel = "N", description = "The field's number in the file, from 0.")
          int number,
      @Option(
              names = "--raw",
              description = "Writes the values alone, as little-endian float32, row by row.")
          boolean raw)
      throws IOException {
    Field field = read(path, number, GribField::decode);
    if (raw) {
      RawOutput.write(LittleEndian.bytes(field.values()));
    } else {
      PrintWriter out = spec.commandLine().getOut();
      new FieldText(field).print(out);
      out.flush();
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "coordinates",
      mixinStandardHelpOptions = true,
      description = "Writes the latitudes, then the longitudes of a field's points.")
  int coordinates(
      @Parameters(paramLabel = "FILE", description = "The GRIB2 file.") Path path,
      @Parameters(paramLabel = "N", description = "The field's number in the file, from 0.")
          int number,
      @Option(
              names = "--raw",
              required = true,
              description = "Writes them as little-endian float64, row by row.")
          boolean raw)
      throws IOException {
    PointCoordinates points =
        read(path, number, GribField::grid)
            .coordinates()
            .orElseThrow(
                () ->
                    new IOException(
                        "Cannot write coordinates of field %d of %s: they are not in the file"
                            .formatted(number, path)));
    RawOutput.write(
        LittleEndian.bytes(points.latitudes()), LittleEndian.bytes(points.longitudes()));
    return ExitCode.DONE;
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = {
        "Writes the values of every field into a file N.f32, little-endian float32, row by row.",
        "Prints a line of JSON for each field: what grib ls says of it, a status, and its files.",
        "Goes on after what cannot be read, and ends with exit code 1 then."
      })
  int export(
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "The GRIB2 files.")
          List<Path> paths,
      @Option(
              names = "--to",
              paramLabel = "DIR",
              required = true,
              description = "The directory to write into; made if it is not there.")
          Path directory,
      @Option(
              names = "--coordinates",
              description =
                  "Also writes N.lat.f64 and N.lon.f64, little-endian float64; fields in a row"
                      + " that are on the same grid share those of the first.")
          boolean coordinates)
      throws IOException {
    Files.createDirectories(directory);
    ExportLines lines = new ExportLines(spec.commandLine().getOut());
    FieldExport export = new FieldExport(directory, coordinates, lines);
    for (Path path : paths) {
      try (ByteSource source = ByteSource.open(InputFile.at(path))) {
        export.add(path, source);
      } catch (UncheckedIOException failed) {
        throw failed.getCause();
      }
    }
    return lines.failures() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static IOException noMessages(Path path) {
    return new IOException("Cannot read " + path + ": there is no GRIB2 message in it");
  }

  private static <T> T read(Path path, int number, Function<GribField, T> part) throws IOException {
    try (ByteSource source = ByteSource.open(InputFile.at(path))) {
      return part.apply(field(source, path, number));
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private static GribField field(ByteSource source, Path path, int number) throws IOException {
    Stream<GribField> fields =
        GribFile.of(source).messages().flatMap(message -> message.fields().stream());
    int count = 0;
    for (Iterator<GribField> each = fields.iterator(); each.hasNext(); count++) {
      GribField field = each.next();
      if (count == number) {
        return field;
      }
    }
    if (count == 0) {
      throw noMessages(path);
    }
    throw new ConfigurationException(
        "Invalid field number %d: %s has fields 0 to %d".formatted(number, path, count - 1));
  }
}
