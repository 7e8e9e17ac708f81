package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.firn.io.Origin;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged files give values or an {@link IcechunkException} that names them, and nothing else. */
class DamagedFilesTest {
  private static final Origin ORIGIN = Origin.of("repo.icechunk/object");
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int HEADER_BYTES = 39;

  @ParameterizedTest
  @EnumSource
  void everyBitOfAFileMayBeFlipped(FileType type) {
    byte[] file = smallest(type);

    int refused = assertTimeoutPreemptively(LIMIT, () -> flipAll(type, file));

    assertThat(refused, greaterThan(HEADER_BYTES));
  }

  @ParameterizedTest
  @EnumSource
  void everyBitOfTheContentBelowTheCompressionMayBeFlipped(FileType type) {
    byte[] file = uncompressed(type, smallest(type));

    int refused = assertTimeoutPreemptively(LIMIT, () -> flipAll(type, file));

    assertThat(refused, greaterThan(HEADER_BYTES));
  }

  @ParameterizedTest
  @EnumSource
  void everyWordOfTheContentMayBeAnyNumber(FileType type) {
    byte[] file = uncompressed(type, smallest(type));

    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int at = HEADER_BYTES; at + 4 <= file.length; at += 4) {
            for (int word : new int[] {0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xFFFF}) {
              byte[] damaged = file.clone();
              for (int i = 0; i < 4; i++) {
                damaged[at + i] = (byte) (word >> (8 * i));
              }
              isRefused(type, damaged);
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aFileMayEndAnywhere(FileType type) {
    byte[] file = smallest(type);

    for (int length = 0; length < file.length; length++) {
      assertThat("cut to " + length, isRefused(type, Arrays.copyOf(file, length)), is(true));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theContentMayEndAnywhere(FileType type) {
    byte[] file = uncompressed(type, smallest(type));

    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int length = HEADER_BYTES; length < file.length; length++) {
            isRefused(type, Arrays.copyOf(file, length));
          }
        });
  }

  @Test
  void contentThatIsSharedDoesNotUnfoldToMuchMore() {
    FlatWriter out = new FlatWriter();
    int text = out.string("x".repeat(10_000));
    Positions names = new Positions();
    for (int i = 0; i < 10_000; i++) {
      names.add(text);
    }
    int deletedTags = out.pointers(names);
    int none = out.emptyVector(4);
    out.finish(
        out.table(13)
            .pointer(1, none)
            .pointer(2, none)
            .pointer(3, deletedTags)
            .pointer(4, none)
            .end());
    byte[] file = FileEnvelope.seal(out, FileType.REPO_INFO, 3);

    IcechunkException refused =
        assertThrows(IcechunkException.class, () -> RepoInfo.parse(file, ORIGIN));

    assertThat(
        refused.getMessage(),
        is(
            "Cannot read repo info in repo.icechunk/object: its "
                + out.size()
                + " bytes unfold to more than 32 times as many"));
  }

  private static int flipAll(FileType type, byte[] file) {
    int refused = 0;
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += isRefused(type, damaged) ? 1 : 0;
    }
    return refused;
  }

  private static boolean isRefused(FileType type, byte[] damaged) {
    try {
      readAll(type, damaged);
      return false;
    } catch (IcechunkException refused) {
      assertThat(
          refused.getMessage(),
          containsString("Cannot read " + type.label() + " in repo.icechunk/object: "));
      return true;
    }
  }

  private static void readAll(FileType type, byte[] file) {
    switch (type) {
      case REPO_INFO -> RepoInfo.parse(file, ORIGIN);
      case SNAPSHOT -> Snapshot.parse(file, ORIGIN);
      case MANIFEST -> {
        Manifest manifest = Manifest.parse(file, ORIGIN);
        manifest.nodes().forEach(node -> manifest.refs(node).forEach(ref -> {}));
      }
      case TRANSACTION_LOG -> {
        TransactionLog log = TransactionLog.parse(file, ORIGIN);
        log.arraysWithUpdatedChunks().forEach(array -> log.updatedChunks(array).forEach(i -> {}));
      }
    }
  }

  /** The shortest file of the reference implementation that has all kinds of content. */
  private static byte[] smallest(FileType type) {
    List<Path> files =
        switch (type) {
          case REPO_INFO -> List.of(ReferenceFiles.folder().resolve("repo"));
          case SNAPSHOT -> ReferenceFiles.in("snapshots");
          case MANIFEST -> ReferenceFiles.in("manifests");
          case TRANSACTION_LOG -> ReferenceFiles.in("transactions");
        };
    Comparator<byte[]> byLength = Comparator.comparing(bytes -> bytes.length);
    Stream<byte[]> contents = files.stream().map(ReferenceFiles::bytes);
    return type == FileType.MANIFEST
        ? contents.filter(bytes -> bytes.length > 1000).min(byLength).orElseThrow()
        : contents.filter(bytes -> bytes.length > 300).min(byLength).orElseThrow();
  }

  /** The same file without compression. */
  private static byte[] uncompressed(FileType type, byte[] file) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.write(file, 0, HEADER_BYTES - 1);
    plain.write(0);
    plain.writeBytes(FileEnvelope.open(file, type, ORIGIN).content().array());
    return plain.toByteArray();
  }
}
