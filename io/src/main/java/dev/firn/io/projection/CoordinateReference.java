package dev.firn.io.projection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What coordinates refer to, in the two notations other programs read.
 *
 * @param wkt well-known text, ISO 19162:2019; axes are x or longitude, then y or latitude
 * @param gridMapping the attributes of a grid mapping variable of the CF conventions (appendix F),
 *     in a fixed order: text, {@link Double}, or a list of them
 */
public record CoordinateReference(String wkt, Map<String, Object> gridMapping) {
  /** Copies the attributes. */
  public CoordinateReference {
    gridMapping = Collections.unmodifiableMap(new LinkedHashMap<>(gridMapping));
  }

  /** Latitudes and longitudes on {@code earth}. */
  public static CoordinateReference geographic(Earth earth) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("grid_mapping_name", "latitude_longitude");
    return new CoordinateReference(
        Wkt.geographic("GEOGCRS", earth, Wkt.GEOGRAPHIC_AXES), withEarth(attributes, earth));
  }

  static Map<String, Object> withEarth(Map<String, Object> attributes, Earth earth) {
    if (earth.isSphere()) {
      attributes.put("earth_radius", earth.semiMajorMetres());
    } else {
      attributes.put("semi_major_axis", earth.semiMajorMetres());
      attributes.put("inverse_flattening", earth.inverseFlattening());
    }
    return attributes;
  }
}
