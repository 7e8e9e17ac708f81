package dev.firn.io.grib.packing;

import dev.firn.io.bytes.OctetWriter;

/** Templates that Firn also writes. */
public sealed interface WritableTemplate extends ScaledTemplate
    permits SimplePacking, ComplexPacking, SpatialDifferencing {

  /** Writes the section's octets from 10 on. */
  void write(OctetWriter section);
}
