package dev.firn.io.grib;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Names of parameters and levels, from the tables in the resources' folder {@code names}; its
 * README says where they come from. Of the rows that fit a field, the last is its name.
 */
public final class GribNames {
  private static final int NO_SURFACE = 255;
  private static final int ISOBARIC = 100;

  private final Map<Parameter, List<NameRow>> parameters = new HashMap<>();
  private final List<NameRow> levelTypes;
  private final List<NameRow> levels;

  private GribNames() {
    for (NameRow row : rows("parameters.tsv")) {
      Parameter parameter = new Parameter(row.number(1), row.number(2), row.number(3));
      parameters.computeIfAbsent(parameter, p -> new ArrayList<>()).add(row);
    }
    levelTypes = rows("level-types.tsv");
    levels = rows("levels.tsv");
  }

  /** Reads the tables. */
  public static GribNames load() {
    return new GribNames();
  }

  private static List<NameRow> rows(String file) {
    try (InputStream in = GribNames.class.getResourceAsStream("names/" + file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(NameRow::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code product}'s parameter is called, at its level and by its statistical process. */
  public Optional<ParameterName> parameter(GribProduct product) {
    return parameters.getOrDefault(product.parameter(), List.of()).stream()
        .filter(row -> row.fits(0, Optional.of(product.centre())) && fits(row, product))
        .reduce((earlier, later) -> later)
        .map(row -> new ParameterName(row.text(9), row.text(10), row.text(11)));
  }

  /** Of a product with a template Firn does not read, rows for any level and process fit. */
  private static boolean fits(NameRow row, GribProduct product) {
    try {
      Level level = product.level();
      OptionalDouble lowerLimit =
          product.probability().map(Probability::lower).orElse(OptionalDouble.empty());
      return row.fits(4, level.first())
          && row.fits(5, second(level))
          && row.fits(6, product.interval().map(StatisticalInterval::process))
          && row.fits(7, product.constituent().map(Constituent::type))
          && row.fits(8, product.probability().map(Probability::type).orElse(-1), lowerLimit);
    } catch (UnsupportedFeatureException e) {
      return row.text(4).isEmpty()
          && row.text(5).isEmpty()
          && row.text(6).isEmpty()
          && row.text(7).isEmpty()
          && row.text(8).isEmpty();
    }
  }

  private static FixedSurface second(Level level) {
    return level.second().orElse(FixedSurface.of(NO_SURFACE));
  }

  /** ecCodes' name of a kind of level, {@code heightAboveGround}. */
  public Optional<String> levelType(Level level, int centre) {
    boolean isWholeHectopascals =
        level.first().type() == ISOBARIC
            && level.first().value().orElse(0) >= 100
            && level.first().value().orElse(0) % 100 == 0;
    return levelTypes.stream()
        .filter(
            row ->
                row.fits(0, Optional.of(centre))
                    && row.fits(1, level.first())
                    && row.fits(2, second(level))
                    && (isWholeHectopascals || !row.text(3).equals("isobaricInhPa")))
        .reduce((earlier, later) -> later)
        .map(row -> row.text(3));
  }

  /** What code table 4.5 calls a surface. */
  public Optional<String> surface(int type, int centre) {
    return surfaceRow(type, centre).map(row -> row.text(2));
  }

  /** The unit of a surface's value; empty for surfaces that have none. */
  public Optional<String> surfaceUnit(int type, int centre) {
    return surfaceRow(type, centre).map(row -> row.text(3)).filter(unit -> !unit.isEmpty());
  }

  private Optional<NameRow> surfaceRow(int type, int centre) {
    return levels.stream()
        .filter(row -> row.fits(0, Optional.of(centre)) && row.number(1) == type)
        .reduce((earlier, later) -> later);
  }
}
