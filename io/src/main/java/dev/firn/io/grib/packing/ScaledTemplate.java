package dev.firn.io.grib.packing;

/** Templates that pack integers, with a {@link Scale} in octets 12–19 to make values of them. */
public sealed interface ScaledTemplate extends DataTemplate
    permits WritableTemplate, JpegPacking, PngPacking, CcsdsPacking, LogarithmicPacking {

  /** How packed integers become values. */
  Scale scale();
}
