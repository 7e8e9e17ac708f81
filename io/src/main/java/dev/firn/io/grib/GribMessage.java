package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.OctetReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * One GRIB2 message, from {@code GRIB} to {@code 7777}, and its fields.
 *
 * <p>Parsing checks how sections follow each other and their lengths. What is in sections 3 to 7 is
 * read when a field is asked for it, so that a message with templates Firn does not know can still
 * be listed.
 */
public final class GribMessage {
  private static final String END = "7777";
  private static final int END_NUMBER = 8;

  private final Origin origin;
  private final long lengthBytes;
  private final IdentificationSection identification;
  private final List<GribField> fields;

  private GribMessage(
      Origin origin,
      long lengthBytes,
      IdentificationSection identification,
      List<GribField> fields) {
    this.origin = origin;
    this.lengthBytes = lengthBytes;
    this.identification = identification;
    this.fields = fields;
  }

  /**
   * Parses a message.
   *
   * @param bytes the message and nothing else; not copied, and not to be changed while it is in use
   * @param origin the file, and the offset of the {@code G} in it
   * @throws dev.firn.io.CorruptInputException when it breaks the format's rules
   * @throws dev.firn.io.UnsupportedFeatureException when it is of another edition
   */
  public static GribMessage parse(byte[] bytes, Origin origin) {
    IndicatorSection indicator = IndicatorSection.read(bytes, origin);
    if (indicator.messageLength() != bytes.length) {
      throw IndicatorSection.wrongLength(
          origin,
          "its length is "
              + indicator.messageLength()
              + " bytes, but "
              + bytes.length
              + " were given");
    }
    int end = bytes.length - END.length();
    if (end < IndicatorSection.LENGTH) {
      throw IndicatorSection.wrongLength(origin, "its length is only " + bytes.length + " bytes");
    }
    if (!OctetReader.of(bytes, origin).matches(end + 1, END)) {
      throw new CorruptInputException(
          "read message", origin.section(END_NUMBER, end), "it does not end with " + END);
    }
    SectionWalker walker = new SectionWalker(bytes, end, origin);
    walker.walk(IndicatorSection.LENGTH);
    IdentificationSection identification = IdentificationSection.read(walker.identification());
    return new GribMessage(
        origin,
        bytes.length,
        identification,
        walker.fields().stream()
            .map(s -> new GribField(origin, indicator.discipline(), identification, s))
            .toList());
  }

  /**
   * Parses the message that {@code bytes} begin with, and passes over what follows it: an inventory
   * says where messages begin, not where they end.
   *
   * @see #parse
   */
  public static GribMessage parseFirst(byte[] bytes, Origin origin) {
    long length = IndicatorSection.read(bytes, origin).messageLength();
    boolean isFollowed = length >= IndicatorSection.LENGTH && length < bytes.length;
    return parse(isFollowed ? Arrays.copyOf(bytes, (int) length) : bytes, origin);
  }

  /** The fields, in order; at least one. */
  public List<GribField> fields() {
    return fields;
  }

  /** The file, and the offset of the message in it. */
  public Origin origin() {
    return origin;
  }

  /** Length of the whole message. */
  public long lengthBytes() {
    return lengthBytes;
  }

  /** The start of the forecast. */
  public Instant referenceTime() {
    return identification.referenceTime();
  }

  /** The originating centre (common code table C-11): 7 is NCEP, 98 ECMWF. */
  public int centre() {
    return identification.centre();
  }

  /** The originating sub-centre, in the centre's own numbers. */
  public int subCentre() {
    return identification.subCentre();
  }
}
