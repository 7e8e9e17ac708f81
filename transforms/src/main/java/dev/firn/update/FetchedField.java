package dev.firn.update;

import dev.firn.io.CorruptInputException;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileChangedException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
   * Fetches the messages of some fields of one version of one file; whatever goes wrong is in the
   * results.
   *
   * @param wholeFiles those that are read whole come from
   * @return one for each of {@code refs}, in their order
   * @throws SourceChangedException when the file is not at the version any more that it was found
   *     at
   */
  static List<FetchedField> fetch(List<FieldRef> refs, Sources sources, WholeFiles wholeFiles)
      throws SourceChangedException {
    SourceFile file = refs.get(0).file();
    try {
      List<byte[]> messages = messages(refs, sources, wholeFiles);
      return IntStream.range(0, refs.size())
          .mapToObj(i -> of(refs.get(i), messages.get(i)))
          .toList();
    } catch (FileChangedException changed) {
      throw new SourceChangedException(file, changed);
    } catch (CorruptInputException corrupt) {
      return failed(refs, FileStatus.CORRUPT, corrupt);
    } catch (IOException failed) {
      return failed(refs, FileStatus.DOWNLOAD_FAILED, failed);
    }
  }

  /** Fields of a file that is read whole all have its content. */
  private static List<byte[]> messages(List<FieldRef> refs, Sources sources, WholeFiles wholeFiles)
      throws IOException {
    FieldRef first = refs.get(0);
    if (first.range().isEmpty()) {
      return Collections.nCopies(refs.size(), wholeFiles.content(first));
    }
    List<ByteRange> ranges = refs.stream().map(ref -> ref.range().orElseThrow()).toList();
    return sources.read(first.url(), first.version(), ranges);
  }

  private static List<FetchedField> failed(
      List<FieldRef> refs, FileStatus status, Exception failure) {
    return refs.stream().map(ref -> failed(ref, status, failure.getMessage())).toList();
  }

  static FetchedField of(FieldRef ref, byte[] bytes) {
    return new FetchedField(ref, Optional.of(bytes), Optional.empty());
  }

  static FetchedField failed(FieldRef ref, FileStatus status, String detail) {
    return new FetchedField(ref, Optional.empty(), Optional.of(new FileFailure(status, detail)));
  }
}
