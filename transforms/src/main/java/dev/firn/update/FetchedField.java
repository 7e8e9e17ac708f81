package dev.firn.update;

import java.util.Optional;

/**
 * The bytes of one field's message, or why there are none.
 *
 * @param ref which field
 * @param bytes its message
 * @param failure why there are none
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record FetchedField(FieldRef ref, Optional<byte[]> bytes, Optional<FileFailure> failure) {

  static FetchedField of(FieldRef ref, byte[] bytes) {
    return new FetchedField(ref, Optional.of(bytes), Optional.empty());
  }

  static FetchedField failed(FieldRef ref, FileStatus status, String detail) {
    return new FetchedField(ref, Optional.empty(), Optional.of(new FileFailure(status, detail)));
  }
}
