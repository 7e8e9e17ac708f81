package dev.firn.dataset;

import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import dev.firn.io.grib.EnsembleMember;
import dev.firn.io.grib.GribProduct;
import java.time.Duration;
import java.util.Optional;

/**
 * How a variable's fields are found in a source file's inventory, and what their messages must say.
 *
 * @param name what inventories call the field
 * @param parameter the parameter's numbers in the message
 * @param level the level in the message, empty where any will do
 * @param window the time that a value stands for
 * @param timeTolerance how far the message's reference time may be from the one wanted
 * @param firstOfDuplicates whether the first of several lines that match counts; otherwise there
 *     must be one
 */
public record FieldMatch(
    InventoryName name,
    Parameter parameter,
    Optional<Level> level,
    Window window,
    Duration timeTolerance,
    boolean firstOfDuplicates)
    implements FieldSelector {

  @Override
  public String text() {
    return name instanceof InventoryName.Unlisted
        ? "parameter " + parameter + level.map(at -> ", " + text(at)).orElse("")
        : name.toString();
  }

  private static String text(Level level) {
    String first = text(level.first());
    return level.second().map(second -> first + " to " + text(second)).orElse(first);
  }

  private static String text(FixedSurface surface) {
    String type = "surface " + surface.type();
    return surface.value().isPresent()
        ? type + " at " + InventoryName.plain(surface.value().getAsDouble())
        : type;
  }

  /**
   * How {@code field} differs from the field wanted: "parameter 0-0-0, expected 0-3-0"; empty when
   * it is the one. A surface that is wanted without a value may have any.
   */
  public Optional<String> difference(GribProduct field, SourceStep step) {
    if (!field.parameter().equals(parameter)) {
      return differs("parameter", field.parameter(), parameter);
    }
    if (level.isPresent() && !matches(level.get(), field.level())) {
      return differs("level", field.level(), level.get());
    }
    Duration apart = Duration.between(step.init(), field.referenceTime()).abs();
    if (apart.compareTo(timeTolerance) > 0) {
      return differs("reference time", field.referenceTime(), step.init());
    }
    if (!field.leadTime().equals(step.lead())) {
      return differs("lead time", field.leadTime(), step.lead());
    }
    int member = field.member().map(EnsembleMember::number).orElse(0);
    if (member != step.member()) {
      return differs("ensemble member", member, step.member());
    }
    return window.difference(field.interval(), step.lead());
  }

  static Optional<String> differs(String what, Object found, Object expected) {
    return Optional.of("message has " + what + " " + found + ", expected " + expected);
  }

  private static boolean matches(Level wanted, Level found) {
    return matches(wanted.first(), found.first())
        && wanted.second().isPresent() == found.second().isPresent()
        && (wanted.second().isEmpty() || matches(wanted.second().get(), found.second().get()));
  }

  private static boolean matches(FixedSurface wanted, FixedSurface found) {
    return wanted.type() == found.type()
        && (wanted.value().isEmpty() || wanted.value().equals(found.value()));
  }
}
