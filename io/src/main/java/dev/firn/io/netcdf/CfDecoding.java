package dev.firn.io.netcdf;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What the numbers of a variable stand for (CF conventions 1.11, 2.5.1 and 8.1; NetCDF Users Guide,
 * attribute conventions): {@code packed · scale_factor + add_offset}, in double.
 *
 * <p>Missing, and NaN, are {@code _FillValue}, each {@code missing_value}, and what is outside of
 * {@code valid_range}, {@code valid_min} or {@code valid_max}. These are compared with the packed
 * number; but a range that is given in real numbers for packed integers, with what they stand for.
 * Without a {@code _FillValue}, NetCDF's default for the type is missing, as it is what was never
 * written; bytes have none. {@code _Unsigned = "true"} makes integers, and integer attributes about
 * them, unsigned.
 */
final class CfDecoding {
  private final NetcdfType.Numeric type;
  private final double scale;
  private final double offset;
  private final double[] missing;
  private final Range packedRange;
  private final Range range;
  private final boolean identity;

  private record Range(double smallest, double largest) {
    static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    boolean excludes(double value) {
      return value < smallest || value > largest;
    }
  }

  private CfDecoding(
      NetcdfType.Numeric type, double[] line, double[] missing, Range packedRange, Range range) {
    this.type = type;
    this.scale = line[0];
    this.offset = line[1];
    this.missing = missing;
    this.packedRange = packedRange;
    this.range = range;
    this.identity = scale == 1 && offset == 0;
  }

  /** No decoding: the numbers as they are stored. */
  static CfDecoding none(NetcdfVariable variable, Origin origin) {
    return new CfDecoding(
        numeric(variable, origin), new double[] {1, 0}, new double[0], Range.ALL, Range.ALL);
  }

  private static NetcdfType.Numeric numeric(NetcdfVariable variable, Origin origin) {
    if (variable.type() instanceof NetcdfType.Numeric stored) {
      return stored;
    }
    throw new UnsupportedFeatureException(
        "decoding of variable " + variable.path() + ": " + variable.type().label(), origin);
  }

  static CfDecoding of(NetcdfVariable variable, Origin origin) {
    NetcdfType.Numeric stored = numeric(variable, origin);
    Map<String, NetcdfAttribute> attributes = variable.attributes();
    boolean unsigned = text(attributes, "_Unsigned").filter("true"::equalsIgnoreCase).isPresent();
    NetcdfType.Numeric type =
        unsigned ? new NetcdfType.Numeric(stored.format().unsigned(), stored.order()) : stored;
    double[] line = {
      first(attributes, "scale_factor", type).orElse(1.0),
      first(attributes, "add_offset", type).orElse(0.0)
    };
    double[] fill = numbers(attributes, "_FillValue", type);
    double[] missing =
        DoubleStream.concat(
                Arrays.stream(fill.length > 0 ? fill : defaultFill(stored.format())),
                Arrays.stream(numbers(attributes, "missing_value", type)))
            .toArray();
    Range valid = validRange(attributes, type);
    boolean ofPacked = type.format().isReal() || !isRealRange(attributes);
    return new CfDecoding(
        type, line, missing, ofPacked ? valid : Range.ALL, ofPacked ? Range.ALL : valid);
  }

  private static Range validRange(
      Map<String, NetcdfAttribute> attributes, NetcdfType.Numeric type) {
    double[] both = numbers(attributes, "valid_range", type);
    if (both.length == 2) {
      return new Range(both[0], both[1]);
    }
    return new Range(
        first(attributes, "valid_min", type).orElse(Range.ALL.smallest()),
        first(attributes, "valid_max", type).orElse(Range.ALL.largest()));
  }

  private static boolean isRealRange(Map<String, NetcdfAttribute> attributes) {
    return Stream.of("valid_range", "valid_min", "valid_max")
        .map(attributes::get)
        .filter(Objects::nonNull)
        .map(NetcdfAttribute::type)
        .anyMatch(type -> type instanceof NetcdfType.Numeric numeric && numeric.format().isReal());
  }

  private static double[] defaultFill(NumberFormat format) {
    return switch (format) {
      case INT8, UINT8, FLOAT16 -> new double[0];
      case INT16 -> new double[] {-32767};
      case UINT16 -> new double[] {65535};
      case INT32 -> new double[] {-2147483647};
      case UINT32 -> new double[] {4294967295L};
      case INT64 -> new double[] {-9223372036854775806L};
      case UINT64 -> new double[] {0x1p64};
      case FLOAT32, FLOAT64 -> new double[] {0x1.ep122};
    };
  }

  private static Optional<String> text(Map<String, NetcdfAttribute> attributes, String name) {
    return Optional.ofNullable(attributes.get(name)).flatMap(NetcdfAttribute::text);
  }

  private static Optional<Double> first(
      Map<String, NetcdfAttribute> attributes, String name, NetcdfType.Numeric type) {
    return Arrays.stream(numbers(attributes, name, type)).boxed().findFirst();
  }

  /** The numbers of an attribute; signed ones of the size of unsigned values are unsigned too. */
  private static double[] numbers(
      Map<String, NetcdfAttribute> attributes, String name, NetcdfType.Numeric type) {
    NetcdfAttribute attribute = attributes.get(name);
    if (attribute == null || !(attribute.type() instanceof NetcdfType.Numeric numeric)) {
      return new double[0];
    }
    boolean wraps =
        type.format().isUnsigned()
            && !numeric.format().isReal()
            && numeric.sizeBytes() == type.sizeBytes();
    double modulus = Math.scalb(1.0, Byte.SIZE * type.sizeBytes());
    return Arrays.stream(attribute.numbers())
        .map(number -> wraps && number < 0 ? number + modulus : number)
        .toArray();
  }

  void toFloats(ByteBuffer stored, int from, int count, float[] out, int index) {
    if (type.format() == NumberFormat.FLOAT32 && identity) {
      stored.duplicate().order(type.order()).position(from).asFloatBuffer().get(out, index, count);
      for (int i = index; i < index + count; i++) {
        if (isMissing(out[i])) {
          out[i] = Float.NaN;
        }
      }
      return;
    }
    ByteBuffer values = stored.duplicate().order(type.order());
    if (type.format() == NumberFormat.INT16) {
      ShortBuffer packed = values.position(from).asShortBuffer();
      for (int i = 0; i < count; i++) {
        out[index + i] = (float) decode(packed.get(i));
      }
      return;
    }
    int step = type.sizeBytes();
    for (int i = 0; i < count; i++) {
      out[index + i] = (float) decode(type.format().toDouble(values, from + i * step));
    }
  }

  void toDoubles(ByteBuffer stored, int from, int count, double[] out, int index) {
    ByteBuffer values = stored.duplicate().order(type.order());
    int step = type.sizeBytes();
    for (int i = 0; i < count; i++) {
      out[index + i] = decode(type.format().toDouble(values, from + i * step));
    }
  }

  private double decode(double packed) {
    if (isMissing(packed)) {
      return Double.NaN;
    }
    double value = identity ? packed : packed * scale + offset;
    return range.excludes(value) ? Double.NaN : value;
  }

  private boolean isMissing(double packed) {
    for (double value : missing) {
      if (packed == value) {
        return true;
      }
    }
    return packedRange.excludes(packed);
  }
}
