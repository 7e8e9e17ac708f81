package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import jj2000.j2k.ModuleSpec;
import jj2000.j2k.decoder.DecoderSpecs;

/**
 * What the JPEG 2000 library would decode wrongly, or with memory the codestream cannot justify.
 */
final class JpegLimits {
  private static final int COEFFICIENT_BITS = 31;
  private static final int HIGHEST_GAIN_BITS = 2; // of the diagonal sub-band
  private static final int MAX_CODE_BLOCKS = 1 << 20;

  private final DecoderSpecs specs;
  private final JpegSize size;
  private final Origin origin;

  /** Limits of the image that {@code specs} tell of. */
  JpegLimits(DecoderSpecs specs, JpegSize size, Origin origin) {
    this.specs = specs;
    this.size = size;
    this.origin = origin;
  }

  /** The library has wavelet coefficients of 31 bits and a sign, and cuts off what is above. */
  void checkRange() {
    int guardBits = (Integer) specs.gbs.getTileCompVal(0, 0);
    if (size.bits() + HIGHEST_GAIN_BITS + guardBits - 1 > COEFFICIENT_BITS) {
      throw new UnsupportedFeatureException(
          "JPEG 2000 image of " + size.bits() + " bits with " + guardBits + " guard bits", origin);
    }
  }

  /** The library never gets to the end of headers of packets kept apart from the packets. */
  void checkHeaders() {
    for (int tile = 0; tile < size.tiles(); tile++) {
      if ((Boolean) specs.pphs.getTileDef(tile)) {
        throw new UnsupportedFeatureException("JPEG 2000 packed packet headers", origin);
      }
    }
  }

  /**
   * The library has objects for each precinct and for each layer of a code-block. A precinct has a
   * packet of at least an octet in each layer. Code-blocks may have no data at all.
   */
  void checkMemory(int octets) {
    long packets = 0;
    long codeBlocks = 0;
    for (int tile = 0; tile < size.tiles(); tile++) {
      int layers = (Integer) specs.nls.getTileDef(tile);
      packets += layers * precincts(tile);
      int width = specs.cblks.getCBlkWidth(ModuleSpec.SPEC_TILE_COMP, tile, 0);
      int height = specs.cblks.getCBlkHeight(ModuleSpec.SPEC_TILE_COMP, tile, 0);
      codeBlocks += layers * size.partitions(tile, 0, width, height);
    }
    if (packets > octets) {
      throw new CorruptInputException(
          "decode JPEG 2000 image", origin, packets + " packets in " + octets + " octets");
    }
    if (codeBlocks > MAX_CODE_BLOCKS) {
      throw new UnsupportedFeatureException(
          "JPEG 2000 image of " + codeBlocks + " code-blocks", origin);
    }
  }

  private long precincts(int tile) {
    long precincts = 0;
    int levels = (Integer) specs.dls.getTileCompVal(tile, 0);
    for (int resolution = 0; resolution <= levels; resolution++) {
      int width = specs.pss.getPPX(tile, 0, resolution);
      int height = specs.pss.getPPY(tile, 0, resolution);
      precincts += size.partitions(tile, levels - resolution, width, height);
    }
    return precincts;
  }
}
