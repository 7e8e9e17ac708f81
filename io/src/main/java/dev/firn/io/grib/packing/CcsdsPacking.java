package dev.firn.io.grib.packing;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.grib.packing.aec.AecDecoder;
import dev.firn.io.grib.packing.aec.AecOptions;
import java.util.Optional;

/**
 * Data representation template 5.42: integers in the adaptive entropy code of CCSDS 121.0-B.
 *
 * <p>Octet 22 has eight flags. Two of them are about how many octets an integer has in memory, and
 * in which order; they change nothing here.
 *
 * @param scale octets 12–19
 * @param bitsPerValue octet 20, 0 for a constant field
 * @param options octets 22–25, empty for a constant field
 */
record CcsdsPacking(Scale scale, int bitsPerValue, Optional<AecOptions> options)
    implements ScaledTemplate {
  static final int NUMBER = 42;

  private static final int SIGNED = 1;
  private static final int PREPROCESSED = 8;
  private static final int RESTRICTED = 16;
  private static final int PADDED = 32;

  static CcsdsPacking read(OctetReader section) {
    int bitsPerValue = section.uint8(20);
    return new CcsdsPacking(
        Scale.read(section),
        bitsPerValue,
        bitsPerValue == 0 ? Optional.empty() : Optional.of(options(section, bitsPerValue)));
  }

  private static AecOptions options(OctetReader section, int bitsPerValue) {
    int flags = section.uint8(22);
    try {
      return new AecOptions(
          bitsPerValue,
          section.uint8(23),
          section.uint16(24),
          (flags & SIGNED) != 0,
          (flags & PREPROCESSED) != 0,
          (flags & RESTRICTED) != 0,
          (flags & PADDED) != 0);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedFeatureException(
          "CCSDS packing (" + e.getMessage() + ")", section.origin(20));
    }
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public ValueReader open(OctetReader data, int count, UnitConversion conversion) {
    Scaling scaling = new Scaling(scale, conversion);
    if (options.isEmpty()) {
      return ValueReader.constant(scaling.ofReference());
    }
    AecDecoder decoder =
        AecDecoder.of(
            options.get(),
            data.bufferFrom(6),
            data.origin(6),
            count,
            DecodeScratch.ofThread()::samples);
    boolean isUnsigned = bitsPerValue == AecOptions.MAX_BITS || options.get().signed();
    return new CcsdsReader(decoder, scaling, isUnsigned);
  }
}
