package dev.firn.update;

import dev.firn.dataset.FieldMatch;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.field.Field;
import dev.firn.io.grib.GribField;
import dev.firn.io.grib.GribMessage;
import java.util.List;
import java.util.Optional;

/** Decodes a fetched message after making sure that it is the one asked for. */
final class FieldDecoder {
  private FieldDecoder() {}

  /**
   * The field that {@code ref} asks for.
   *
   * @throws CorruptInputException if the bytes do not begin with a message, or with one of
   *     something else
   */
  static Field decode(FieldRef ref, byte[] bytes) {
    Origin origin = Origin.of(ref.file().url(), ref.range().offset());
    GribMessage message = GribMessage.parseFirst(bytes, origin);
    return wanted(ref, message.fields(), origin).decode(ref.variable().steps().conversion());
  }

  private static GribField wanted(FieldRef ref, List<GribField> fields, Origin origin) {
    FieldMatch match = ref.variable().match();
    String differences = "the message has no field";
    for (GribField field : fields) {
      Optional<String> difference =
          match.difference(field.product(), ref.file().init(), ref.file().lead());
      if (difference.isEmpty()) {
        return field;
      }
      differences = difference.get();
    }
    throw new CorruptInputException("read " + ref.variable().path(), origin, differences);
  }
}
