package dev.firn.demo;

/**
 * The weather at a moment, on the points of {@link Planet#GRID}. A caricature of January: warm at
 * the equator, colder over northern land, lows that travel along a storm track in each hemisphere
 * with warm air and rain before them, trade winds, a rain belt south of the equator.
 */
final class Atmosphere {
  private static final double QUARTER_WAVE = Math.PI / 2;
  private static final double KELVIN = 273.15;
  private static final double RADIUS_METRES = 6_371_229;
  private static final double AIR_DENSITY = 1.2;
  private static final double TURNS_PER_SECOND = 7.292e-5;
  private static final int COLUMNS = Planet.GRID.columns();
  private static final int ROWS = Planet.GRID.rows();

  private final Planet planet;
  private final double utcHours;
  private final double[] lows;
  private final double[] warmSectors;
  private final double[] eddies;
  private final double[] ripples;

  /**
   * The weather {@code hours} after a midnight.
   *
   * @param lag how far storms are behind, in radians: the error of a forecast
   */
  Atmosphere(Planet planet, double hours, double lag) {
    this.planet = planet;
    this.utcHours = hours;
    this.lows = planet.storms().at(hours, -lag);
    this.warmSectors = planet.storms().at(hours, -lag - QUARTER_WAVE);
    this.eddies = planet.eddies().at(hours, 0);
    this.ripples = planet.ripples().at(hours, 0);
  }

  /** Kelvin. */
  double temperature(int point) {
    double latitude = latitude(point);
    double sine = Math.sin(latitude);
    double land = planet.landShare(point);
    double local = utcHours + Math.toDegrees(Planet.longitude(point % COLUMNS)) / 15;
    double day = Math.cos((local - 15) / 24 * 2 * Math.PI) * Math.cos(latitude);
    return KELVIN
        + (27 - 50 * sine * sine - 7 * sine)
        - 9 * sine * land
        + (0.4 + 4.5 * land) * day
        - 0.0065 * planet.heightMetres(point)
        + 6 * warmSectors[point]
        + 1.1 * eddies[point]
        + 0.4 * ripples[point];
  }

  /** Pascals, at mean sea level. */
  double pressure(int point) {
    double degrees = Math.toDegrees(latitude(point));
    double distance = Math.abs(degrees);
    double south = degrees < 0 ? 1.5 : 1;
    return 100
        * (1012
            + 8 * bump(distance, 31, 12)
            - 13 * south * bump(distance, 62, 12)
            - 2 * bump(distance, 0, 10)
            - 13 * lows[point]
            + 1.6 * eddies[point]);
  }

  /** Percent. */
  double humidity(int point) {
    double dry = planet.landShare(point) * bump(Math.abs(degrees(point)), 25, 11);
    return Math.max(6, Math.min(100, 74 + 13 * moisture(point) - 38 * dry));
  }

  /** Percent of the sky. */
  double cloudCover(int point) {
    return 100 / (1 + Math.exp(-2.4 * (moisture(point) - 0.15)));
  }

  /** Millimetres in an hour. */
  double rain(int point) {
    double excess = moisture(point) - 0.45;
    return excess <= 0 ? 0 : 1.5 * excess * excess * Math.cos(latitude(point));
  }

  private double moisture(int point) {
    double degrees = degrees(point);
    return 0.75 * (lows[point] + warmSectors[point])
        + 0.35 * eddies[point]
        + 0.18 * ripples[point]
        + bump(degrees, -5, 8) * (0.7 + 0.5 * eddies[point])
        - 0.7 * bump(Math.abs(degrees), 25, 9);
  }

  /** Eastward and northward wind, metres a second: along the isobars but for friction. */
  double[][] wind() {
    double[] pressure = new double[Planet.GRID.points()];
    for (int point = 0; point < pressure.length; point++) {
      pressure[point] = pressure(point);
    }
    double[][] wind = new double[2][pressure.length];
    for (int point = 0; point < pressure.length; point++) {
      double latitude = latitude(point);
      double coriolis = 2 * TURNS_PER_SECOND * Math.sin(latitude);
      double balance =
          0.65 * coriolis / (coriolis * coriolis + 4e-10) / (AIR_DENSITY * RADIUS_METRES);
      double along = -balance * northwardSlope(pressure, point);
      double across = balance * eastwardSlope(pressure, point);
      double friction = 0.3 * Math.sin(latitude) / (Math.abs(Math.sin(latitude)) + 0.1);
      double trades = bump(Math.abs(degrees(point)), 13, 9);
      wind[0][point] = along - friction * across - 5 * trades;
      wind[1][point] = across + friction * along - 2.5 * trades * Math.signum(latitude);
    }
    return wind;
  }

  /** Pascals a radian. */
  private static double northwardSlope(double[] pressure, int point) {
    int row = point / COLUMNS;
    int north = row == 0 ? point : point - COLUMNS;
    int south = row == ROWS - 1 ? point : point + COLUMNS;
    int rows = (south - north) / COLUMNS;
    return (pressure[north] - pressure[south]) / Math.toRadians(1.5 * rows);
  }

  /** Pascals a radian of a great circle; nothing at the poles. */
  private static double eastwardSlope(double[] pressure, int point) {
    int row = point / COLUMNS;
    int column = point % COLUMNS;
    if (row == 0 || row == ROWS - 1) {
      return 0;
    }
    double east = pressure[row * COLUMNS + (column + 1) % COLUMNS];
    double west = pressure[row * COLUMNS + (column + COLUMNS - 1) % COLUMNS];
    return (east - west) / (Math.toRadians(3) * Math.cos(Planet.latitude(row)));
  }

  private static double latitude(int point) {
    return Planet.latitude(point / COLUMNS);
  }

  private static double degrees(int point) {
    return Math.toDegrees(latitude(point));
  }

  /** 1 at {@code centre}, falling off over {@code width}. */
  private static double bump(double x, double centre, double width) {
    double distance = (x - centre) / width;
    return Math.exp(-distance * distance);
  }
}
