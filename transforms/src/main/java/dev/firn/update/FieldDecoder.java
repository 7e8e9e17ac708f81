package dev.firn.update;

import dev.firn.dataset.FieldMatch;
import dev.firn.dataset.NetcdfMatch;
import dev.firn.dataset.VariableSource;
import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.field.Field;
import dev.firn.io.grib.GribField;
import dev.firn.io.grib.GribMessage;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decodes the field that was asked for, and no other. */
final class FieldDecoder {
  private FieldDecoder() {}

  /**
   * The field that {@code ref} asks for, in the unit that all the variable's sources share.
   *
   * @param bytes the field's message, or the whole file
   * @throws CorruptInputException if the bytes are not what they should be
   * @throws QuarantinedFieldException if they are of another field
   */
  static Field decode(FieldRef ref, byte[] bytes) throws IOException {
    if (ref.sources().get(0).selector() instanceof NetcdfMatch) {
      return netcdf(ref, bytes);
    }
    return grib(ref, ref.range().isPresent() ? bytes : message(ref, bytes));
  }

  private static Field netcdf(FieldRef ref, byte[] file) throws IOException {
    VariableSource source = ref.sources().get(0);
    Field field = NetcdfFields.read(ref, (NetcdfMatch) source.selector(), file);
    source.scaling().ifPresent(scaling -> scaling.apply(field.values()));
    return field;
  }

  /** The message of a file that was read whole. */
  private static byte[] message(FieldRef ref, byte[] file) throws IOException {
    ScannedFile scanned = ScannedFile.of(ByteSource.of(file, ref.origin()));
    Optional<ByteRange> found = scanned.find(ref);
    ByteRange range =
        found.orElseThrow(
            () ->
                new QuarantinedFieldException(
                    ref.variable().path().value(), ref.origin(), scanned.difference(ref)));
    return Arrays.copyOfRange(file, (int) range.offset(), (int) range.end());
  }

  private static Field grib(FieldRef ref, byte[] bytes) {
    List<GribField> fields = GribMessage.parseFirst(bytes, ref.origin()).fields();
    String difference = "the message has no field";
    for (VariableSource source : ref.sources()) {
      for (GribField field : fields) {
        Optional<String> differs =
            ((FieldMatch) source.selector()).difference(field.product(), ref.step());
        if (differs.isEmpty()) {
          Field decoded = field.decode(ref.variable().steps().conversion());
          source.scaling().ifPresent(scaling -> scaling.apply(decoded.values()));
          return decoded;
        }
        difference = differs.get();
      }
    }
    throw new QuarantinedFieldException(ref.variable().path().value(), ref.origin(), difference);
  }
}
