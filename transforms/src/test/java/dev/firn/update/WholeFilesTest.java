package dev.firn.update;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.VariableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read whole, for one variable after the other. */
class WholeFilesTest {
  private static final String CONTENT = "all that is in the file";
  private static final SourceStep STEP = new SourceStep(Instant.EPOCH, Duration.ZERO, 0);
  private static final List<VariableSpec> VARIABLES =
      DatasetParser.parse("tiny", TinyModel.definition()).variables();

  @TempDir Path directory;

  private static FieldRef ref(int variable, int file, Sources sources) throws IOException {
    VariableSpec wanted = VARIABLES.get(variable);
    String url = "s3://b/" + file;
    return new FieldRef(
        wanted,
        STEP,
        wanted.sources(),
        new SourceFile(List.of(url), List.of(STEP), List.of(wanted.path())),
        url,
        sources.find(url).orElseThrow(),
        Optional.empty());
  }

  /** How many bytes are fetched of three files for three variables, where so many may be kept. */
  private long fetched(long mostBytes) throws IOException {
    for (int file = 0; file < 3; file++) {
      Files.writeString(directory.resolve(Integer.toString(file)), CONTENT);
    }
    try (Sources sources = new Sources(Map.of("s3://b", directory.toUri().toString()));
        WholeFiles files = new WholeFiles(sources, mostBytes)) {
      List<FieldRef> inOrder = new ArrayList<>();
      for (int field = 0; field < 9; field++) {
        inOrder.add(ref(field / 3, field % 3, sources));
      }
      files.expect(inOrder.stream().map(List::of).toList());
      for (FieldRef ref : inOrder) {
        assertThat(new String(files.content(ref), UTF_8), equalTo(CONTENT));
      }
      return sources.transfers().counts().bytes();
    }
  }

  @Test
  void eachIsFetchedOnce() throws IOException {
    assertThat(fetched(1000), equalTo(3L * CONTENT.length()));
  }

  @Test
  void whatHasNoRoomIsFetchedAgain() throws IOException {
    assertThat(fetched(2L * CONTENT.length()), equalTo((3L + 2) * CONTENT.length()));
  }
}
