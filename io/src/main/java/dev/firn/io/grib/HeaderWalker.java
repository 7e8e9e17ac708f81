package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.bytes.OctetReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes from section to section of a message in a file, reading those that say what fields are. */
final class HeaderWalker {
  private static final int WINDOW = 512;
  private static final int SECTION_HEAD = 5;
  private static final int END = 4;

  private final ByteSource source;
  private final GribFileEntry message;
  private final long end;
  private byte[] window = {};
  private long windowStart;

  HeaderWalker(ByteSource source, GribFileEntry message) {
    this.source = source;
    this.message = message;
    this.end = message.offset() + message.lengthBytes() - END;
  }

  /** What the fields of the message are, in order. */
  List<GribProduct> products() throws IOException {
    int discipline = octets(0, message.offset(), IndicatorSection.LENGTH).uint8(7);
    List<GribProduct> products = new ArrayList<>();
    Optional<IdentificationSection> identification = Optional.empty();
    Optional<OctetReader> product = Optional.empty();
    int previous = 0;
    long at = message.offset() + IndicatorSection.LENGTH;
    while (at < end) {
      int number = SectionWalker.number(octets(previous + 1, at, SECTION_HEAD), previous);
      int length = SectionWalker.length(octets(number, at, SECTION_HEAD), end - at);
      switch (number) {
        case IdentificationSection.NUMBER ->
            identification = Optional.of(IdentificationSection.read(octets(number, at, length)));
        case ProductSection.NUMBER -> product = Optional.of(octets(number, at, length));
        case SectionWalker.DATA ->
            products.add(
                new GribProduct(discipline, identification.orElseThrow(), product.orElseThrow()));
        default -> {}
      }
      previous = number;
      at += length;
    }
    SectionWalker.checkLast(previous, origin(previous + 1, at));
    return products;
  }

  private Origin origin(int section, long offset) {
    return message.origin().section(section, offset - message.offset());
  }

  private OctetReader octets(int section, long offset, int length) throws IOException {
    if (length > end - offset) {
      throw new CorruptInputException(
          "read section",
          origin(section, offset),
          length + " octets of it are needed, " + (end - offset) + " are left in the message");
    }
    if (offset < windowStart || offset + length > windowStart + window.length) {
      windowStart = offset;
      window = source.read(offset, (int) Math.min(Math.max(WINDOW, length), end - offset));
    }
    return new OctetReader(window, (int) (offset - windowStart), length, origin(section, offset));
  }
}
