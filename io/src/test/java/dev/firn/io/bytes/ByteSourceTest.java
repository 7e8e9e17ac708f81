package dev.firn.io.bytes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteSourceTest {
  private static final byte[] BYTES = {1, 2, 3, 4, 5};

  @Test
  void fileIsReadAtAnyOffset(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("five"), BYTES);

    try (ByteSource source = ByteSource.open(file)) {
      assertThat(source.lengthBytes(), is(5L));
      assertThat(source.read(3, 2), is(new byte[] {4, 5}));
      assertThat(source.read(0, 2), is(new byte[] {1, 2}));
      assertThat(source.read(5, 0), is(new byte[0]));
      assertThat(source.origin(), is(Origin.of(file.toString(), 0)));
    }
  }

  @Test
  void readingPastTheEndOfAFileIsCorrupt(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("five"), BYTES);

    try (ByteSource source = ByteSource.open(file)) {
      CorruptInputException e = assertThrows(CorruptInputException.class, () -> source.read(3, 3));

      assertThat(e.getMessage(), endsWith("five at byte 3: there are 5"));
    }
  }

  @Test
  void readingPastTheEndOfAnArrayIsCorrupt() throws IOException {
    try (ByteSource source = ByteSource.of(BYTES, Origin.of("array", 10))) {
      CorruptInputException e = assertThrows(CorruptInputException.class, () -> source.read(3, 3));

      assertThat(e.getMessage(), is("Cannot read 3 bytes in array at byte 13: there are 5"));
      assertThat(source.read(1, 3), is(new byte[] {2, 3, 4}));
      assertThrows(CorruptInputException.class, () -> source.read(Long.MAX_VALUE, 3));
    }
  }
}
