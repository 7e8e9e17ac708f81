package dev.firn.io.projection;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts a reference system of a projection together: well-known text on one side, CF attributes on
 * the other.
 */
final class Wkt {
  static final String GEOGRAPHIC_AXES =
      ",CS[ellipsoidal,2],AXIS[\"longitude\",east,ORDER[1],"
          + degrees()
          + "],AXIS[\"latitude\",north,ORDER[2],"
          + degrees()
          + "]";
  private static final String METRES = "LENGTHUNIT[\"metre\",1]";
  private static final String MAP_AXES =
      ",CS[Cartesian,2],AXIS[\"(E)\",east,ORDER[1],"
          + METRES
          + "],AXIS[\"(N)\",north,ORDER[2],"
          + METRES
          + "]";

  private final Earth earth;
  private final String method;
  private final StringBuilder parameters = new StringBuilder();
  private final Map<String, Object> attributes = new LinkedHashMap<>();

  /** A projection's {@code method} as EPSG and PROJ name it, and {@code mapping} as CF does. */
  Wkt(Earth earth, String method, String mapping) {
    this.earth = earth;
    this.method = method;
    attributes.put("grid_mapping_name", mapping);
  }

  Wkt angle(String name, double degrees) {
    return parameter(name, degrees, degrees());
  }

  Wkt length(String name, double metres) {
    return parameter(name, metres, METRES);
  }

  Wkt scale(String name, double factor) {
    return parameter(name, factor, "SCALEUNIT[\"unity\",1]");
  }

  Wkt attribute(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  private Wkt parameter(String name, double value, String unit) {
    parameters.append(",PARAMETER[\"%s\",%s,%s]".formatted(name, number(value), unit));
    return this;
  }

  CoordinateReference projected() {
    return new CoordinateReference(
        "PROJCRS[\"unknown\","
            + geographic("BASEGEOGCRS", earth, "")
            + ",CONVERSION[\"unknown\","
            + conversion()
            + "]"
            + MAP_AXES
            + "]",
        CoordinateReference.withEarth(attributes, earth));
  }

  /** Latitudes and longitudes in a system turned against that of the earth. */
  CoordinateReference turned() {
    return new CoordinateReference(
        "GEOGCRS[\"unknown\","
            + geographic("BASEGEOGCRS", earth, "")
            + ",DERIVINGCONVERSION[\"unknown\","
            + conversion()
            + "]"
            + GEOGRAPHIC_AXES
            + "]",
        CoordinateReference.withEarth(attributes, earth));
  }

  private String conversion() {
    return "METHOD[\"" + method + "\"]" + parameters;
  }

  static String geographic(String keyword, Earth earth, String axes) {
    return keyword
        + "[\"unknown\",DATUM[\"unknown\",ELLIPSOID[\"unknown\","
        + number(earth.semiMajorMetres())
        + ","
        + number(earth.inverseFlattening())
        + ","
        + METRES
        + "]],PRIMEM[\"Greenwich\",0,"
        + degrees()
        + "]"
        + axes
        + "]";
  }

  private static String degrees() {
    return "ANGLEUNIT[\"degree\",0.0174532925199433]";
  }

  private static String number(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return exact.signum() == 0 ? "0" : exact.toPlainString();
  }
}
