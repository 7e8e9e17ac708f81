package dev.firn.io.grib;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A chemical or an aerosol that a parameter is of.
 *
 * @param type what it is (code tables 4.230 and 4.233): 0 is ozone, 62001 dry dust
 * @param size of aerosol particles, metres
 * @param wavelength of light, metres, for optical properties
 */
public record Constituent(int type, Optional<Range> size, Optional<Range> wavelength) {
  /**
   * Values between, below or above limits.
   *
   * @param type which (code table 4.91)
   */
  public record Range(int type, OptionalDouble first, OptionalDouble second) {}
}
