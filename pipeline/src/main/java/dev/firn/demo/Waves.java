package dev.firn.demo;

import java.util.Random;

/**
 * A pattern on the grid that travels and changes: a sum of waves, each with its own frequency. Its
 * values are around zero and mostly within ±2.
 */
final class Waves {
  private final float[][] cosines;
  private final float[][] sines;
  private final double[] radiansPerHour;

  private Waves(int count) {
    this.cosines = new float[count][Planet.GRID.points()];
    this.sines = new float[count][Planet.GRID.points()];
    this.radiansPerHour = new double[count];
  }

  /**
   * Plane waves in space, seen on the sphere: smooth everywhere, also at the poles.
   *
   * @param shortest the most waves around the planet; half of that is the fewest
   * @param periodHours of the slowest
   */
  static Waves eddies(long seed, int count, double shortest, double periodHours) {
    Random random = new Random(seed);
    Waves waves = new Waves(count);
    double amplitude = Math.sqrt(2.0 / count);
    for (int wave = 0; wave < count; wave++) {
      double upward = 2 * random.nextDouble() - 1;
      double around = 2 * Math.PI * random.nextDouble();
      double inPlane = Math.sqrt(1 - upward * upward);
      double length = shortest * (0.5 + 0.5 * random.nextDouble());
      double x = length * inPlane * Math.cos(around);
      double y = length * inPlane * Math.sin(around);
      double z = length * upward;
      double start = 2 * Math.PI * random.nextDouble();
      waves.radiansPerHour[wave] = 2 * Math.PI / periodHours * (1 + random.nextDouble());
      waves.fill(
          wave,
          (latitude, longitude) ->
              start
                  + Math.cos(latitude) * (x * Math.cos(longitude) + y * Math.sin(longitude))
                  + z * Math.sin(latitude),
          latitude -> amplitude);
    }
    return waves;
  }

  /** Trains of highs and lows that go eastward around both hemispheres. */
  static Waves stormTracks(long seed) {
    Random random = new Random(seed);
    int[] numbers = {4, 5, 6, 7};
    Waves waves = new Waves(2 * numbers.length);
    for (int wave = 0; wave < waves.radiansPerHour.length; wave++) {
      int number = numbers[wave / 2];
      double track = Math.toRadians(wave % 2 == 0 ? 50 : -52);
      double start = 2 * Math.PI * random.nextDouble();
      double degreesPerHour = 0.3 + 0.05 * number;
      waves.radiansPerHour[wave] = Math.toRadians(number * degreesPerHour);
      waves.fill(
          wave,
          (latitude, longitude) ->
              start - number * longitude + Math.signum(track) * 4 * (latitude - track),
          latitude -> 0.7 * Math.exp(-square((latitude - track) / Math.toRadians(15))));
    }
    return waves;
  }

  private interface Phase {
    double at(double latitude, double longitude);
  }

  private interface Amplitude {
    double at(double latitude);
  }

  private void fill(int wave, Phase phase, Amplitude amplitude) {
    int columns = Planet.GRID.columns();
    for (int point = 0; point < Planet.GRID.points(); point++) {
      double latitude = Planet.latitude(point / columns);
      double angle = phase.at(latitude, Planet.longitude(point % columns));
      cosines[wave][point] = (float) (amplitude.at(latitude) * Math.cos(angle));
      sines[wave][point] = (float) (amplitude.at(latitude) * Math.sin(angle));
    }
  }

  /**
   * The pattern at a time.
   *
   * @param hours the time
   * @param lead how far all waves are ahead, in radians
   */
  double[] at(double hours, double lead) {
    double[] sum = new double[Planet.GRID.points()];
    for (int wave = 0; wave < radiansPerHour.length; wave++) {
      double angle = radiansPerHour[wave] * hours + lead;
      double cosine = Math.cos(angle);
      double sine = Math.sin(angle);
      float[] c = cosines[wave];
      float[] s = sines[wave];
      for (int point = 0; point < sum.length; point++) {
        sum[point] += c[point] * cosine - s[point] * sine;
      }
    }
    return sum;
  }

  private static double square(double x) {
    return x * x;
  }
}
