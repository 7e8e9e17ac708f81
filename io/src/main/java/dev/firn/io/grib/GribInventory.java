package dev.firn.io.grib;

import dev.firn.io.bytes.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What an inventory beside a file would say, from the file itself: where each field is, and what.
 * Of a message, only the octets that say so are read, neither grid nor values.
 *
 * <p>Streams are lazy; errors are those of {@link GribFile}, and a message with sections out of
 * place is corrupt.
 */
public final class GribInventory {
  private GribInventory() {}

  /**
   * A field of a file.
   *
   * @param message number of the message among those of edition 2, from 1
   * @param submessage number of the field within it, from 1, where the message has several
   * @param offset of the message
   * @param lengthBytes of the message
   * @param product what the field is
   */
  public record Entry(
      int message, OptionalInt submessage, long offset, long lengthBytes, GribProduct product) {}

  /** The fields in {@code source}, in order. */
  public static Stream<Entry> of(ByteSource source) {
    int[] messages = {0};
    return GribFile.of(source)
        .entries()
        .filter(entry -> entry.edition() == IndicatorSection.EDITION)
        .flatMap(entry -> entries(source, entry, ++messages[0]).stream());
  }

  private static List<Entry> entries(ByteSource source, GribFileEntry message, int number) {
    List<GribProduct> products;
    try {
      products = new HeaderWalker(source, message).products();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Entry> entries = new ArrayList<>(products.size());
    for (int i = 0; i < products.size(); i++) {
      OptionalInt submessage = products.size() == 1 ? OptionalInt.empty() : OptionalInt.of(i + 1);
      entries.add(
          new Entry(number, submessage, message.offset(), message.lengthBytes(), products.get(i)));
    }
    return entries;
  }
}
