package dev.firn.io.zarr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A data type of fixed size (Zarr v3 core, section "Data types").
 *
 * @param zarrName its name in metadata
 * @param kind what its bytes mean
 * @param sizeBytes the length of an element
 */
public record DataType(String zarrName, Kind kind, int sizeBytes) {

  /** What the bytes of an element mean. */
  public enum Kind {
    /** One byte, 0 or 1. */
    BOOL,
    /** Two's complement. */
    SIGNED,
    /** Unsigned integer. */
    UNSIGNED,
    /** IEEE 754 binary. */
    FLOAT,
    /** Two IEEE 754 binary numbers: real, imaginary. */
    COMPLEX,
    /** Bytes without meaning. */
    RAW
  }

  public static final DataType BOOL = new DataType("bool", Kind.BOOL, 1);
  public static final DataType INT8 = new DataType("int8", Kind.SIGNED, 1);
  public static final DataType INT16 = new DataType("int16", Kind.SIGNED, 2);
  public static final DataType INT32 = new DataType("int32", Kind.SIGNED, 4);
  public static final DataType INT64 = new DataType("int64", Kind.SIGNED, 8);
  public static final DataType UINT8 = new DataType("uint8", Kind.UNSIGNED, 1);
  public static final DataType UINT16 = new DataType("uint16", Kind.UNSIGNED, 2);
  public static final DataType UINT32 = new DataType("uint32", Kind.UNSIGNED, 4);
  public static final DataType UINT64 = new DataType("uint64", Kind.UNSIGNED, 8);
  public static final DataType FLOAT16 = new DataType("float16", Kind.FLOAT, 2);
  public static final DataType FLOAT32 = new DataType("float32", Kind.FLOAT, 4);
  public static final DataType FLOAT64 = new DataType("float64", Kind.FLOAT, 8);
  public static final DataType COMPLEX64 = new DataType("complex64", Kind.COMPLEX, 8);
  public static final DataType COMPLEX128 = new DataType("complex128", Kind.COMPLEX, 16);

  private static final Map<String, DataType> BY_NAME =
      List.of(
              BOOL,
              INT8,
              INT16,
              INT32,
              INT64,
              UINT8,
              UINT16,
              UINT32,
              UINT64,
              FLOAT16,
              FLOAT32,
              FLOAT64,
              COMPLEX64,
              COMPLEX128)
          .stream()
          .collect(Collectors.toUnmodifiableMap(DataType::zarrName, Function.identity()));

  private static final Pattern RAW_BITS = Pattern.compile("r([1-9][0-9]{0,6})");

  /**
   * The type of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static DataType parse(String zarrName) {
    return find(zarrName)
        .orElseThrow(() -> new IllegalArgumentException("Unknown data type '" + zarrName + "'"));
  }

  /**
   * The type of a name, if Firn knows it: one of the constants, or {@code r} and a number of bits.
   */
  static Optional<DataType> find(String zarrName) {
    var raw = RAW_BITS.matcher(zarrName);
    if (raw.matches()) {
      int bits = Integer.parseInt(raw.group(1));
      return bits % Byte.SIZE == 0
          ? Optional.of(new DataType(zarrName, Kind.RAW, bits / Byte.SIZE))
          : Optional.empty();
    }
    return Optional.ofNullable(BY_NAME.get(zarrName));
  }

  /** The length of what a byte order applies to: half a complex number, one byte of raw bits. */
  int unitBytes() {
    return switch (kind) {
      case COMPLEX -> sizeBytes / 2;
      case RAW -> 1;
      default -> sizeBytes;
    };
  }

  @Override
  public String toString() {
    return zarrName;
  }
}
