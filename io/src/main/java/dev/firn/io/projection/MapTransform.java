package dev.firn.io.projection;

/** A projection with its constants computed, to apply to many points. */
public interface MapTransform {
  /** Where the map shows {@code place}. */
  MapPoint project(GeoPoint place);

  /** What the map shows at {@code x} and {@code y} metres. */
  GeoPoint locate(double x, double y);
}
