package dev.firn.io.bytes;

/** Writes unsigned integers without gaps, most significant bit first. */
public final class BitWriter {
  private final OctetWriter octets = new OctetWriter();
  private int pending;
  private int pendingBits;

  /** Writes the low {@code width} bits, 0 to 63, of {@code value}, which must not need more. */
  public BitWriter unsigned(long value, int width) {
    if (width < 0 || width > 63 || value < 0 || value >>> width != 0) {
      throw new IllegalArgumentException(value + " does not fit " + width + " bits");
    }
    for (int shift = width - 1; shift >= 0; shift--) {
      pending = (pending << 1) | ((int) (value >>> shift) & 1);
      pendingBits++;
      if (pendingBits == 8) {
        octets.uint8(pending);
        pending = 0;
        pendingBits = 0;
      }
    }
    return this;
  }

  /** Writes a sign bit and {@code width − 1} bits of magnitude. */
  public BitWriter signAndMagnitude(long value, int width) {
    unsigned(value < 0 ? 1 : 0, 1);
    return unsigned(Math.abs(value), width - 1);
  }

  /** Fills the octet begun with zeros. */
  public BitWriter alignToOctet() {
    return unsigned(0, (8 - pendingBits) % 8);
  }

  /** All octets, the last one filled with zeros. */
  public byte[] toBytes() {
    alignToOctet();
    return octets.toBytes();
  }
}
