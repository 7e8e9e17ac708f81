package dev.firn.io.field;

import java.util.Optional;

/**
 * Where in the vertical a field lies: on a surface, or in the layer between two.
 *
 * @param first the surface, or the layer's first bound
 * @param second the layer's other bound
 */
public record Level(FixedSurface first, Optional<FixedSurface> second) {
  /** On {@code surface}. */
  public static Level at(FixedSurface surface) {
    return new Level(surface, Optional.empty());
  }

  /** Between two surfaces. */
  public static Level between(FixedSurface first, FixedSurface second) {
    return new Level(first, Optional.of(second));
  }
}
