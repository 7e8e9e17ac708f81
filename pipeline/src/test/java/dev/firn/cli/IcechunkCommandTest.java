package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.icechunk.CommitRequest;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.RepositoryConfig;
import dev.firn.io.icechunk.RepositorySettings;
import dev.firn.io.icechunk.Session;
import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.RepoStatus;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.LocalObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcechunkCommandTest {
  private static final NodePath ARRAY = new NodePath("/t2m");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Repository repository;
  private SnapshotId first;
  private SnapshotId second;

  @BeforeEach
  void twoCommits() throws IOException {
    repository =
        Repository.create(
            new LocalObjectStore(folder), RepositoryConfig.DEFAULT, RepositorySettings.DEFAULT);
    Session session = repository.writable("main");
    session.setMetadata(NodePath.ROOT, Bytes.utf8("{\"zarr_format\":3,\"node_type\":\"group\"}"));
    session.setMetadata(
        ARRAY,
        Bytes.utf8(
            "{\"zarr_format\":3,\"node_type\":\"array\",\"shape\":[4],\"data_type\":\"uint8\","
                + "\"chunk_grid\":{\"name\":\"regular\",\"configuration\":{\"chunk_shape\":[1]}},"
                + "\"chunk_key_encoding\":{\"name\":\"default\"},\"fill_value\":0,"
                + "\"codecs\":[{\"name\":\"bytes\"}],\"attributes\":{}}"));
    session.putChunk(ARRAY, ChunkIndex.of(1), List.of(ByteBuffer.allocate(2000)));
    session.putChunk(ARRAY, ChunkIndex.of(2), List.of(ByteBuffer.allocate(3)));
    first = session.commit(CommitRequest.of("first\nwith details"));
    Session next = repository.writable("main");
    next.putChunk(ARRAY, ChunkIndex.of(1), List.of(ByteBuffer.allocate(2001)));
    second = next.commit(CommitRequest.of("second"));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("icechunk"));
    all.addAll(List.of(arguments));
    all.add(2, folder.toString());
    return Firn.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  private long objects(String kind) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(kind))) {
      return files.count();
    }
  }

  @Test
  void helpNamesWhatLooksBeforeWhatChanges() {
    String help = Firn.commandLine().getSubcommands().get("icechunk").getUsageMessage();

    int last = 0;
    for (String command : "log branches tags ls diff gc expire verify".split(" ")) {
      int at = help.indexOf("\n  " + command + " ");
      assertThat(command, at, greaterThan(last));
      last = at;
    }
  }

  @Test
  void snapshotsFromABranchATagAndAnIdAreAHistory() throws IOException {
    repository.createTag("v1", first);

    for (List<String> tip :
        List.of(List.of("--branch", "main"), List.of("--snapshot", second.text()))) {
      assertThat(run("log", tip.get(0), tip.get(1), "--json"), equalTo(ExitCode.DONE));
      assertThat(json().size(), equalTo(3));
    }
    assertThat(run("log", "--tag", "v1", "-n", "1", "--json"), equalTo(ExitCode.DONE));
    assertThat(json().size(), equalTo(1));
    assertThat(json().at("/0/snapshot").asText(), equalTo(first.text()));
    assertThat(run("log", "--tag", "v1", "--branch", "main"), equalTo(ExitCode.WRONG_USAGE));
    assertThat(err.toString(), containsString("mutually exclusive"));
  }

  @Test
  void logIsATableTheNewestFirst() {
    assertThat(err.toString(), run("log"), equalTo(ExitCode.DONE));

    assertThat(lines(), hasSize(4));
    assertThat(lines().get(0), startsWith("snapshot              committed"));
    assertThat(lines().get(1), startsWith(second.text()));
    assertThat(lines().get(2), containsString("first"));
    assertThat(lines().get(2), not(containsString("details")));
  }

  @Test
  void listingCountsChunksByKind() throws IOException {
    assertThat(err.toString(), run("ls", "t2m", "--json"), equalTo(ExitCode.DONE));

    JsonNode array = json().get(0);
    assertThat(array.path("path").asText(), equalTo("/t2m"));
    assertThat(array.path("native_chunks").asInt(), equalTo(1));
    assertThat(array.path("inline_chunks").asInt(), equalTo(1));
    assertThat(array.path("chunk_bytes").asInt(), equalTo(2004));
    run("ls");
    assertThat(lines().get(2), containsString("uint8  [4]    [1]          1       1        0"));
  }

  @Test
  void differenceNamesChunks() throws IOException {
    assertThat(run("diff", first.text(), "main", "--json"), equalTo(ExitCode.DONE));
    assertThat(json().at("/updated_chunks").toString(), equalTo("{\"/t2m\":[[1]]}"));

    assertThat(run("diff", "main", first.text()), equalTo(ExitCode.WRONG_USAGE));
    assertThat(
        err.toString(),
        containsString(
            second + " is not in the history of " + first + "; the earlier snapshot is given"));
  }

  @Test
  void nearLimitIsRefusedAndForced() throws IOException {
    assertThat(run("expire", "--older-than", "0s"), equalTo(ExitCode.REFUSED));
    assertThat(err.toString(), containsString("less than 9 days ago"));

    assertThat(run("expire", "--older-than", "0s", "--force", "--json"), equalTo(ExitCode.DONE));
    assertThat(json().at("/released_snapshots/0").asText(), equalTo(first.text()));
    assertThat(run("gc", "--older-than", "0s", "--dry-run", "--force"), equalTo(ExitCode.DONE));
    assertThat(lines().get(0), startsWith("Would delete what is older than "));
    assertThat(objects("chunks"), equalTo(2L));
    assertThat(run("gc", "--older-than", "0s", "--force", "--json"), equalTo(ExitCode.DONE));
    assertThat(json().at("/chunks/objects").asInt(), equalTo(1));
    assertThat(objects("chunks"), equalTo(1L));
    assertThat(run("verify"), equalTo(ExitCode.DONE));
  }

  @Test
  void expiryWithNothingToExpireSaysSo() {
    assertThat(run("expire", "--older-than", "10d"), equalTo(ExitCode.DONE));

    assertThat(out.toString(), containsString("Expired what is older than "));
    assertThat(out.toString(), containsString("released snapshots      0"));
  }

  @Test
  void readOnlyRepositoryRefuses() throws IOException {
    repository.setStatus(RepoStatus.Availability.READ_ONLY, Optional.of("moving"));

    assertThat(run("gc", "--older-than", "10d"), equalTo(ExitCode.REFUSED));
    assertThat(err.toString(), containsString("firn: refused, nothing was changed: "));
    assertThat(err.toString(), containsString("because: moving"));
  }

  @Test
  void damageIsExitCodeOne() throws IOException {
    Files.delete(folder.resolve("transactions/" + second.text()));

    assertThat(run("verify"), equalTo(ExitCode.FAILED));

    assertThat(
        lines().get(0),
        equalTo(
            "missing transactions/%s: there is no such object (from snapshot %s)"
                .formatted(second, second)));
  }

  @Test
  void unknownNamesAndLimitsAreWrongUsage() {
    assertThat(run("ls", "--at", "dev"), equalTo(ExitCode.WRONG_USAGE));
    assertThat(err.toString(), containsString("There is no branch, tag or snapshot 'dev' in file"));
    assertThat(run("log", "-n", "-1"), equalTo(ExitCode.WRONG_USAGE));
    assertThat(err.toString(), containsString("-n is -1, expected a number from 0 on"));
    assertThat(run("log", "--tag", "v1"), equalTo(ExitCode.WRONG_USAGE));
    assertThat(err.toString(), containsString("There is no tag 'v1'"));
    assertThat(run("gc", "--older-than", "soon"), equalTo(ExitCode.WRONG_USAGE));
    assertThat(err.toString(), containsString("'--older-than': 'soon' is neither an age like 30d"));
  }
}
