package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.Session;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.ObjectPath;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Updates of an Icechunk repository during which strangers commit to {@code main}. */
class StrangersTest extends AdvancingArchive {
  private static final ObjectPath WIND = new ObjectPath("wind/zarr.json");

  private UpdateOutcome publishedAfter(Change change) throws IOException {
    UpdateRequest update = model.update(archive.id("slow"), 3);
    MergedResults results = archive.runJobs(update);
    SnapshotId theirs = commit(change);
    UpdateOutcome outcome = archive.publish(update.id(), results);
    if (outcome.status() == Status.REFUSED) {
      assertThat(outcome.message(), containsString("it was changed meanwhile: expected version"));
      assertThat(outcome.message(), containsString("found " + theirs));
      assertThat(repository().lookup(Version.branch("main")), equalTo(theirs));
      assertThat(repository().branches().keySet(), equalTo(Set.of("main", "_job_slow")));
    }
    return outcome;
  }

  private static void edit(Session main, ObjectPath document, Consumer<ObjectNode> edit)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode json = mapper.readTree(main.store().get(document).orElseThrow().bytes());
    edit.accept((ObjectNode) json);
    main.store().put(document, mapper.writeValueAsBytes(json));
  }

  private static ObjectNode attributes(ObjectNode document) {
    return (ObjectNode) document.get("attributes");
  }

  @Test
  void attributeOfAnArrayThatStrangersSetIsKeptAndTheUpdateRefused() throws IOException {
    UpdateOutcome outcome =
        publishedAfter(main -> edit(main, WIND, wind -> attributes(wind).put("note", "ours")));

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(outcome.message(), containsString(": array 'wind' has other metadata"));
  }

  /** As every later update would be: the dataset has no such array. */
  @Test
  void arrayThatStrangersAddedIsKeptAndTheUpdateRefused() throws IOException {
    UpdateOutcome outcome =
        publishedAfter(
            main ->
                main.store()
                    .put(
                        new ObjectPath("theirs/zarr.json"),
                        main.store().get(WIND).orElseThrow().bytes()));

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(outcome.message(), containsString(": array 'theirs' was added"));
  }

  @Test
  void arrayThatStrangersRemovedStaysRemovedAndTheUpdateIsRefused() throws IOException {
    UpdateOutcome outcome = publishedAfter(main -> main.delete(new NodePath("/wind")));

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(outcome.message(), containsString(": array 'wind' was removed"));
  }

  @Test
  void fixedCoordinateThatStrangersChangedHasTheUpdateRefused() throws IOException {
    UpdateOutcome outcome =
        publishedAfter(main -> main.store().delete(new ObjectPath("latitude/c/0")));

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(
        outcome.message(), containsString("coordinate 'latitude' has other values than the"));
  }

  @Test
  void arrayThatStrangersMadeLongerThanTheArchiveHasTheUpdateRefused() throws IOException {
    UpdateOutcome outcome =
        publishedAfter(main -> edit(main, WIND, wind -> ((ArrayNode) wind.get("shape")).set(0, 7)));

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(
        outcome.message(), containsString("array 'wind' has another length than the others"));
  }

  @Test
  void attributesOfTheRootThatStrangersSetAreKept() throws IOException {
    ObjectPath root = new ObjectPath("zarr.json");

    UpdateOutcome outcome =
        publishedAfter(
            main ->
                edit(
                    main,
                    root,
                    group -> {
                      attributes(group).put("name", "another");
                      attributes(group).put("note", "theirs");
                      attributes(group).remove("dataset_version");
                    }));

    assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    byte[] document =
        repository().readOnly(Version.branch("main")).store().get(root).orElseThrow().bytes();
    JsonNode attributes = new ObjectMapper().readTree(document).get("attributes");
    assertThat(
        attributes.toString(),
        equalTo("{\"dataset_id\":\"tiny\",\"name\":\"another\",\"note\":\"theirs\"}"));
    assertThat(archive.extent(), equalTo(3L));
    assertForecast(2, 1);
  }

  @Test
  void shardThatStrangersRemovedIsWrittenAgain() throws IOException {
    UpdateOutcome outcome = publishedAfter(main -> main.store().delete(shard()));

    assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    assertForecast(1, 1);
    assertThat(snapshots(), equalTo(4));
  }
}
