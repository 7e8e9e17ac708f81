package dev.firn.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.projection.CylindricalEqualArea;
import dev.firn.io.projection.Earth;
import dev.firn.io.projection.LambertConformal;
import dev.firn.io.projection.Projection;
import java.util.Optional;

/**
 * What the attributes of a grid mapping variable say (CF conventions, appendix F).
 *
 * @param attributes of the variable
 */
record GridMapping(ObjectNode attributes) {

  /**
   * The map that the grid lies on.
   *
   * @return empty for a grid of latitudes and longitudes
   * @throws IllegalArgumentException when the attributes describe none, or one that is not known
   */
  Optional<Projection> projection() {
    String name = attributes.path("grid_mapping_name").asText();
    return switch (name) {
      case "", "latitude_longitude" -> Optional.empty();
      case "lambert_conformal_conic" -> Optional.of(lambertConformal());
      case "lambert_cylindrical_equal_area" ->
          Optional.of(
              new CylindricalEqualArea(
                  earth(), parallel(0), number("longitude_of_central_meridian")));
      default ->
          throw new IllegalArgumentException(
              "grid_mapping_name is '"
                  + name
                  + "', expected latitude_longitude, lambert_conformal_conic or"
                  + " lambert_cylindrical_equal_area");
    };
  }

  private Projection lambertConformal() {
    return new LambertConformal(
        earth(),
        parallel(0),
        parallel(attributes.path("standard_parallel").size() - 1),
        number("latitude_of_projection_origin"),
        number("longitude_of_central_meridian"));
  }

  private Earth earth() {
    if (attributes.path("false_easting").asDouble() != 0
        || attributes.path("false_northing").asDouble() != 0) {
      throw new IllegalArgumentException("false_easting or false_northing is not 0");
    }
    return new Earth(number("semi_major_axis"), number("semi_minor_axis"));
  }

  /** One of the standard parallels, of which there may be a sequence or a single number. */
  private double parallel(int index) {
    JsonNode parallels = attributes.path("standard_parallel");
    return parallels.isArray() ? parallels.path(index).asDouble() : number("standard_parallel");
  }

  private double number(String name) {
    JsonNode value = attributes.path(name);
    if (!value.isNumber()) {
      throw new IllegalArgumentException(name + " of the grid mapping is missing");
    }
    return value.asDouble();
  }
}
