package dev.firn.update;

import dev.firn.io.source.FileChangedException;
import java.io.IOException;
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

  /**
   * Fetches a field's message; whatever goes wrong is in the result.
   *
   * @throws SourceChangedException when the file is not at the version any more that it was found
   *     at
   */
  static FetchedField fetch(FieldRef ref, Sources sources) throws SourceChangedException {
    try {
      return of(
          ref,
          ref.range().isPresent()
              ? sources.read(ref.url(), ref.version(), ref.range().get())
              : sources.content(ref.url(), ref.version()));
    } catch (FileChangedException changed) {
      throw new SourceChangedException(ref.file(), changed);
    } catch (IOException failed) {
      return failed(ref, FileStatus.DOWNLOAD_FAILED, failed.getMessage());
    }
  }

  static FetchedField of(FieldRef ref, byte[] bytes) {
    return new FetchedField(ref, Optional.of(bytes), Optional.empty());
  }

  static FetchedField failed(FieldRef ref, FileStatus status, String detail) {
    return new FetchedField(ref, Optional.empty(), Optional.of(new FileFailure(status, detail)));
  }
}
