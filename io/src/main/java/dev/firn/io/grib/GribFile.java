package dev.firn.io.grib;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The messages of a file, in order. Whatever lies between them (padding, WMO headers) is passed
 * over, as are messages of edition 1, which {@link #entries} reports and {@link #read} refuses.
 *
 * <p>Streams are lazy: a message cut off by the end of the file throws {@link
 * dev.firn.io.CorruptInputException} once those before it were delivered. A failing read throws
 * {@link UncheckedIOException}. Whoever opened the source closes it.
 */
public final class GribFile {
  private final ByteSource source;

  private GribFile(ByteSource source) {
    this.source = source;
  }

  /** The messages in {@code source}. */
  public static GribFile of(ByteSource source) {
    return new GribFile(source);
  }

  /** The messages in {@code bytes}, the first of which is at {@code origin}. */
  public static GribFile of(byte[] bytes, Origin origin) {
    return new GribFile(ByteSource.of(bytes, origin));
  }

  /** Where the messages of editions 1 and 2 are. */
  public Stream<GribFileEntry> entries() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new MessageScanner(source), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /** The messages of edition 2. */
  public Stream<GribMessage> messages() {
    return entries().filter(entry -> entry.edition() == IndicatorSection.EDITION).map(this::read);
  }

  /**
   * The message at {@code entry}.
   *
   * @throws UnsupportedFeatureException naming the edition, when it is not 2
   */
  public GribMessage read(GribFileEntry entry) {
    if (entry.lengthBytes() > Integer.MAX_VALUE - 8) {
      throw new UnsupportedFeatureException(
          "message of " + entry.lengthBytes() + " bytes, too long for an array",
          IndicatorSection.lengthOrigin(entry.origin()));
    }
    try {
      byte[] bytes = source.read(entry.offset(), (int) entry.lengthBytes());
      return GribMessage.parse(bytes, entry.origin());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
