package dev.firn.beam;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.SourceStep;
import dev.firn.io.CorruptInputException;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.source.Transfers;
import dev.firn.io.zarr.NodePath;
import dev.firn.update.FileStatus;
import dev.firn.update.JobFilter;
import dev.firn.update.PinnedStore;
import dev.firn.update.RegionJobKey;
import dev.firn.update.RegionJobResult;
import dev.firn.update.ShardCopy;
import dev.firn.update.ShardVersion;
import dev.firn.update.SourceFile;
import dev.firn.update.SourceFileResult;
import dev.firn.update.StageTimes;
import dev.firn.update.StoreRole;
import dev.firn.update.UpdateId;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.UpdateRequest;
import dev.firn.update.UpdateSummary;
import dev.firn.update.WrittenShard;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.Test;

/**
 * The bytes of everything that travels between stages: pinned, since a running job may have to read
 * them.
 */
class CodersTest {
  private static final Instant INIT = Instant.parse("2026-01-01T06:00:00Z");
  private static final UpdateId ID = new UpdateId("d", "s", "j");
  private static final WrittenShard SHARD =
      new WrittenShard(
          new NodePath("wind"),
          new ObjectPath("c/0"),
          9,
          List.of(
              new ShardCopy(
                  StoreRole.replica(0),
                  new ShardVersion("e"),
                  Optional.of(new ShardVersion("d")))));
  private static final SourceStep STEP = new SourceStep(INIT, Duration.ofHours(3), 4);
  private static final SourceFileResult FILE =
      new SourceFileResult(
          "u",
          FileStatus.CORRUPT,
          List.of(STEP),
          List.of(new NodePath("wind")),
          Optional.empty(),
          7,
          Optional.of(INIT),
          "why");
  private static final RegionJobResult RESULT =
      new RegionJobResult(
          "run",
          new RegionJobKey(4, 2),
          List.of(FILE),
          List.of(SHARD),
          5,
          6,
          new Transfers.Counts(7, 8, 9, 10),
          new StageTimes(1, 2, 3, 4),
          List.of("careful"));

  private static <T> String encoded(Coder<T> coder, T value) throws Exception {
    CoderProperties.coderDecodeEncodeEqual(coder, value);
    CoderProperties.coderDeterministic(coder, value, value);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    coder.encode(value, out);
    String text = out.toString(StandardCharsets.UTF_8);
    return text.substring(text.indexOf('{')); // without the length
  }

  @Test
  void updateIdIsThreeStrings() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new UpdateIdCoder().encode(ID, out);

    assertThat(HexFormat.of().formatHex(out.toByteArray()), equalTo("01640173016a"));
    CoderProperties.coderDecodeEncodeEqual(new UpdateIdCoder(), ID);
    CoderProperties.coderConsistentWithEquals(new UpdateIdCoder(), ID, new UpdateId("d", "s", "k"));
  }

  @Test
  void jobIdIsTheUpdateAndTwoNumbers() throws Exception {
    JobId id = new JobId(ID, new RegionJobKey(300, 2));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new JobIdCoder().encode(id, out);

    assertThat(HexFormat.of().formatHex(out.toByteArray()), equalTo("01640173016aac0202"));
    CoderProperties.coderDecodeEncodeEqual(new JobIdCoder(), id);
    new JobIdCoder().verifyDeterministic();
  }

  @Test
  void sourceFile() throws Exception {
    SourceFile file =
        new SourceFile(List.of("u", "v"), List.of(STEP), List.of(new NodePath("wind")));

    assertThat(
        encoded(JsonCoder.of(SourceFile.class), file),
        equalTo(
            """
            {"urls":["u","v"],"steps":[{"init":"2026-01-01T06:00:00Z","lead":"PT3H","member":4}],"variables":["wind"]}"""));
  }

  @Test
  void jobReport() throws Exception {
    assertThat(
        encoded(
            JsonCoder.of(JobReport.class),
            JobReport.planned(List.of(new RegionJobKey(4, 2)), List.of("w"))),
        equalTo(
            """
            {"planned":["region-4-group-2"],"warnings":["w"],"result":null,"busy":null}"""));
    assertThat(
        encoded(JsonCoder.of(JobReport.class), JobReport.finished(RESULT)),
        equalTo(
            """
            {"planned":null,"warnings":[],"result":{"runId":"run","key":"region-4-group-2","files":[{"url":"u","status":"CORRUPT",\
            "steps":[{"init":"2026-01-01T06:00:00Z","lead":"PT3H","member":4}],"variables":["wind"],"version":null,"sizeBytes":7,"available":"2026-01-01T06:00:00Z","detail":"why"}],\
            "shards":[{"variable":"wind","key":"c/0","sizeBytes":9,\
            "copies":[{"role":"replica-0","version":"e","replaces":"d"}]}],"fields":5,"bytesRead":6,\
            "transfers":{"requests":7,"bytes":8,"bytesAgain":9,"bytesWasted":10},\
            "times":{"fetch":1,"decode":2,"encode":3,"put":4},"warnings":["careful"]},"busy":null}"""));
  }

  @Test
  void updateRequest() throws Exception {
    UpdateRequest request =
        new UpdateRequest(
            ID,
            List.of("r"),
            UpdateRequest.Kind.BACKFILL,
            new JobFilter(Optional.of(INIT), INIT, List.of(INIT), List.of("wind")),
            true,
            false,
            List.of());

    assertThat(
        encoded(JsonCoder.of(UpdateRequest.class), request),
        equalTo(
            """
            {"id":{"dataset":"d","store":"s","job":"j"},"replicas":["r"],"kind":"BACKFILL","filter":{"start":"2026-01-01T06:00:00Z",\
            "end":"2026-01-01T06:00:00Z","contains":["2026-01-01T06:00:00Z"],"variables":["wind"]},\
            "overwriteChunks":true,"overwriteMetadata":false,"files":[]}"""));
  }

  @Test
  void outcomeAndAccumulatorComeBackEqual() throws Exception {
    UpdateOutcome outcome =
        new UpdateOutcome(
            ID,
            "run",
            UpdateOutcome.Status.PUBLISHED,
            "m",
            1,
            2,
            INIT,
            INIT,
            UpdateSummary.NOTHING,
            List.of(new PinnedStore(StoreRole.PRIMARY, "s", Optional.of("v"), 2)));

    encoded(JsonCoder.of(UpdateOutcome.class), outcome);
    encoded(
        JsonCoder.of(MergeResults.Heard.class),
        new MergeResults.Heard(
            List.of(new RegionJobKey(4, 2)), List.of("w"), List.of(RESULT), Optional.empty()));
  }

  @Test
  void bytesOfSomethingElseAreNamed() throws IOException {
    byte[] bytes = {2, '[', ']'};

    var corrupt =
        assertThrows(
            CorruptInputException.class,
            () -> JsonCoder.of(SourceFile.class).decode(new ByteArrayInputStream(bytes)));

    assertThat(
        corrupt.getMessage(), containsString("Cannot read SourceFile in a pipeline element"));
  }
}
