package dev.firn.io;

/**
 * Valid input that uses something Firn does not read or write: the message names the feature and
 * where it was met.
 */
public final class UnsupportedFeatureException extends FormatException {
  private static final long serialVersionUID = 1L;

  /**
   * Reports a feature that is not supported.
   *
   * @param feature its name in the format's own words: "data template 5.50 (spectral simple
   *     packing)"
   * @param origin where it was met
   */
  public UnsupportedFeatureException(String feature, Origin origin) {
    super("Unsupported " + feature + " in " + origin, origin);
  }
}
