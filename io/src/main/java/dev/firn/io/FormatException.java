package dev.firn.io;

/** Input that cannot be read, of whatever format: broken, or with something Firn does not read. */
public abstract sealed class FormatException extends RuntimeException
    permits CorruptInputException, UnsupportedFeatureException {
  private static final long serialVersionUID = 1L;

  private final transient Origin origin;

  FormatException(String message, Origin origin) {
    super(message);
    this.origin = origin;
  }

  FormatException(String message, Origin origin, Throwable cause) {
    super(message, cause);
    this.origin = origin;
  }

  /** Where; of a GRIB message, with the place within it. Not kept by Java serialization. */
  public Origin origin() {
    return origin;
  }
}
