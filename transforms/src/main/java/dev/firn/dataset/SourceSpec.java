package dev.firn.dataset;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a dataset's source files are and what they are.
 *
 * @param naming how their URLs are made
 * @param format of the files
 * @param inventory of each file, which tells where in it fields are; files without one are read
 *     whole
 * @param forecasts for archives along valid time that are made of forecasts, which one a time is
 *     taken from; of several the newest whose era has it. Empty where the append dimension is the
 *     start of forecasts, or the time of observations.
 * @param regridding how fields on other grids come to the archive's; without, they are refused
 */
public record SourceSpec(
    FileNaming naming,
    Format format,
    Optional<Inventory> inventory,
    List<ForecastChoice> forecasts,
    Regridding regridding) {
  /** Copies the choices. */
  public SourceSpec {
    forecasts = List.copyOf(forecasts);
  }

  /** Formats of source files. */
  public enum Format {
    /** GRIB edition 2. */
    GRIB2,
    /** NetCDF-3, NetCDF-4 or HDF5. */
    NETCDF
  }

  /** How fields come to the archive's grid. */
  public enum Regridding {
    /** The points are the same; rows may be reversed and columns may start elsewhere. */
    NONE,
    /** Bilinear interpolation on a globe whose columns close. */
    BILINEAR
  }

  /**
   * The inventory beside a file.
   *
   * @param kind its format
   * @param fileSuffix the end of the file's URL that is replaced, often nothing
   * @param suffix what comes in its place
   */
  public record Inventory(Kind kind, String fileSuffix, String suffix) {
    /** Formats of inventories. */
    public enum Kind {
      /** Lines of text, as NOAA publishes them: {@code .idx}. */
      NOAA,
      /** Lines of JSON, as ECMWF publishes them: {@code .index}. */
      ECMWF
    }

    /** The URL of the inventory of the file at {@code url}. */
    public String of(String url) {
      return url.endsWith(fileSuffix)
          ? url.substring(0, url.length() - fileSuffix.length()) + suffix
          : url + suffix;
    }

    /** The URLs of files whose inventory is at {@code url}: none, one or two. */
    public List<String> filesOf(String url) {
      if (!url.endsWith(suffix)) {
        return List.of();
      }
      String stem = url.substring(0, url.length() - suffix.length());
      return Stream.of(stem + fileSuffix, stem)
          .distinct()
          .filter(file -> of(file).equals(url))
          .toList();
    }
  }

  /**
   * Which forecast the values of a time are taken from: the newest that has them.
   *
   * @param era of the forecasts
   * @param every how far apart forecasts start, counted from 1970
   * @param hasLeadZero whether they have any values at lead time 0
   * @param timesEvery how far apart the times are that they have values for, counted from 1970
   */
  public record ForecastChoice(
      Condition era, Duration every, boolean hasLeadZero, Duration timesEvery) {

    private SourceStep step(Instant time, boolean variableHasLeadZero, int member) {
      Duration since = since(time, every);
      Duration lead = since.isZero() && !(variableHasLeadZero && hasLeadZero) ? every : since;
      return new SourceStep(time.minus(lead), lead, member);
    }

    private boolean hasValuesAt(Instant time) {
      return since(time, timesEvery).isZero();
    }

    private static Duration since(Instant time, Duration every) {
      return Duration.ofSeconds(Math.floorMod(time.getEpochSecond(), every.toSeconds()));
    }
  }

  /** The URLs at which a variable's field is looked for, in order. */
  public List<String> urls(VariableSpec variable, SourceStep step, Instant now) {
    return naming.urls(step, variable.words(), now);
  }

  /**
   * The step of a forecast that has a variable's value at {@code time}; empty when none has.
   *
   * @param member of the ensemble
   */
  Optional<SourceStep> forecastFor(VariableSpec variable, Instant time, int member) {
    for (int newest = forecasts.size() - 1; newest >= 0; newest--) {
      ForecastChoice choice = forecasts.get(newest);
      SourceStep step = choice.step(time, variable.sourceHasLeadZero(), member);
      if (choice.era().holdsAt(step.init())) {
        return Optional.of(step).filter(any -> choice.hasValuesAt(time));
      }
    }
    return Optional.empty();
  }

  /** Whether no forecast of its era has values for {@code time}, though it has for others. */
  boolean isGap(VariableSpec variable, Instant time) {
    return !forecasts.isEmpty() && forecastFor(variable, time, 0).isEmpty();
  }
}
