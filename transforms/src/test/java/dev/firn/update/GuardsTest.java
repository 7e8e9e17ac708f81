package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.Template;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardsTest extends ArchiveInEachFormat {

  private Map<String, String> before;

  @BeforeEach
  void setUp() throws IOException {
    archive.backfill("first", 1);
    model.publish(0, 1);
    before = archive.shown();
  }

  private UpdateRequest backfill(String job, long end, boolean chunks, boolean metadata) {
    UpdateRequest plain = model.backfill(archive.id(job), end);
    return new UpdateRequest(
        plain.id(), List.of(), plain.kind(), plain.filter(), chunks, metadata, List.of());
  }

  private void assertRefused(UpdateOutcome outcome, String why) throws IOException {
    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(outcome.message(), containsString(why));
    assertThat(archive.shown(), equalTo(before));
  }

  @Test
  void backfillIntoAnExistingStoreNeedsAFlag() throws IOException {
    assertRefused(
        archive.run(backfill("plain", 1, false, false)),
        "needs --overwrite-chunks or --overwrite-metadata");
  }

  @Test
  void backfillBeyondTheExtentNeedsBothFlags() throws IOException {
    assertRefused(
        archive.run(backfill("longer", 2, true, false)),
        "the store ends at 2026-01-01T00:00:00Z; a backfill beyond it needs --overwrite-chunks and");
  }

  @Test
  void overwritingChunksRewritesThemInPlace() throws IOException {
    UpdateOutcome outcome = archive.run(backfill("chunks", 1, true, false));

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.published("wind", 0), equalTo(archive.expected("wind", 0, 1)));
    assertThat(archive.shown().get("zarr.json"), equalTo(before.get("zarr.json")));
  }

  @Test
  void overwritingBothMakesTheArchiveLonger() throws IOException {
    UpdateOutcome outcome = archive.run(backfill("both", 2, true, true));

    assertThat(outcome.extentAfter(), equalTo(2L));
    assertThat(archive.published("wind", 1), equalTo(archive.expected("wind", 1, 0)));
  }

  @Test
  void extentNeverShrinks() throws IOException {
    archive.run(backfill("both", 2, true, true));

    UpdateOutcome outcome = archive.run(backfill("shorter", 1, true, true));

    assertThat(outcome.extentAfter(), equalTo(2L));
    assertThat(archive.extent(), equalTo(2L));
  }

  @Test
  void otherChunksAreRefused() throws IOException {
    assertRefused(
        update(changed(tiny -> ((ObjectNode) tiny.get("chunks")).put("latitude", 4))),
        "has codecs");
  }

  @Test
  void otherShardsAreRefused() throws IOException {
    assertRefused(
        update(changed(tiny -> ((ObjectNode) tiny.get("shards")).put("latitude", 2))),
        "has chunk shape [1, 4, 4, 6], the dataset [1, 4, 2, 6]");
  }

  @Test
  void otherCoordinateValuesAreRefused() throws IOException {
    assertRefused(
        update(
            changed(
                tiny -> ((ObjectNode) tiny.get("dimensions").get("latitude")).put("last", 1.0))),
        "coordinate 'latitude' has other values");
  }

  @Test
  void variableThatTheDatasetLostIsRefused() throws IOException {
    assertRefused(
        update(changed(tiny -> ((ObjectNode) tiny.get("variables")).remove("wind"))),
        "the store has an array 'wind' that the dataset does not have");
  }

  private static Template changed(Consumer<ObjectNode> change) {
    ObjectNode definition = TinyModel.definition().deepCopy();
    change.accept(definition);
    return new Template(DatasetParser.parse("changed", definition));
  }

  private UpdateOutcome update(Template template) throws IOException {
    PlannedUpdate planned =
        new UpdatePlanner(template, "test", Clock.systemUTC())
            .plan(model.update(archive.id("update"), 2));
    return ((PlannedUpdate.Settled) planned).outcome();
  }
}
