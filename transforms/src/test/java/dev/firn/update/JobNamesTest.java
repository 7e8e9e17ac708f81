package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.object.LocalObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which name work gets that is asked for without one, and so whether it begins, goes on or is over.
 */
class JobNamesTest extends ArchiveInEachFormat {

  private UpdateRequest backfill() {
    return model.backfill(archive.id(""), 1);
  }

  private UpdateRequest update() {
    return model.update(archive.id(""), 2);
  }

  private UpdateRequest overwrite() {
    UpdateRequest backfill = backfill();
    return new UpdateRequest(
        backfill.id(),
        backfill.replicas(),
        backfill.kind(),
        backfill.filter(),
        true,
        false,
        List.of());
  }

  private UpdateRequest named(UpdateRequest request, int windows) throws IOException {
    return request.withJob(new JobNames(model.template()).of(request, windows));
  }

  private String name(UpdateRequest request) throws IOException {
    return named(request, 1).id().job();
  }

  private String derived(UpdateRequest request) {
    return JobName.derive(request, model.template());
  }

  private void deleteStore() throws IOException {
    try (LocalObjectStore store = new LocalObjectStore(base)) {
      for (var found : store.list(new ObjectPath(archive.primary()))) {
        store.delete(found.path());
      }
    }
  }

  @Test
  void backfillThatIsOverKeepsItsNameAndReportsItsOutcome() throws IOException {
    UpdateRequest request = named(backfill(), 1);
    UpdateOutcome published = archive.run(request);

    UpdateRequest again = named(backfill(), 1);

    assertThat(again, equalTo(request));
    assertThat(archive.run(again), equalTo(published));
    archive.run(named(update(), 1));
    assertThat("after an update too", name(backfill()), equalTo(derived(backfill())));
  }

  @Test
  void backfillOfAStoreThatWasDeletedIsNewWork() throws IOException {
    archive.run(named(backfill(), 1));
    deleteStore();

    UpdateRequest again = named(backfill(), 1);

    assertThat(again.id().job(), equalTo(derived(backfill()) + "-2"));
    assertThat(archive.run(again).status(), equalTo(Status.PUBLISHED));
  }

  @Test
  void refusedBackfillIsTriedAnew() throws IOException {
    archive.backfill("first", 1);
    assertThat(archive.run(named(backfill(), 1)).status(), equalTo(Status.REFUSED));

    assertThat(name(backfill()), equalTo(derived(backfill()) + "-2"));
  }

  @Test
  void updateThatIsOverIsNewWork() throws IOException {
    archive.backfill("first", 1);
    archive.run(named(update(), 1));

    assertThat(name(update()), equalTo(derived(update()) + "-2"));
  }

  @Test
  void overwriteThatIsOverIsNewWork() throws IOException {
    archive.backfill("first", 1);
    archive.run(named(overwrite(), 1));

    assertThat(name(overwrite()), equalTo(derived(overwrite()) + "-2"));
  }

  @Test
  void workUnderWayGoesOnUnderItsName() throws IOException {
    archive.backfill("first", 1);
    archive.plan(named(update(), 1));

    assertThat(name(update()), equalTo(derived(update())));
  }

  @Test
  void workThatHasShownReadersItsResultsGoesOnUnderItsName() throws IOException {
    archive.backfill("first", 1);
    UpdateRequest request = named(update(), 1);
    UpdatePlan plan = ((PlannedUpdate.Ready) archive.plan(request)).plan();
    try (Journal journal = Journal.open(request.id(), archive.opener)) {
      journal.createPrepared(plan.runId(), new Journal.Prepared(2));
    }
    archive.changeByAStranger(archive.primary()); // as far as can be seen, it may be its own

    assertThat(name(update()), equalTo(derived(update())));
  }

  @Test
  void workThatOthersHaveOvertakenBeginsAnewInZarrAndGoesOnInIcechunk() throws IOException {
    archive.backfill("first", 1);
    archive.plan(named(update(), 1));
    archive.changeByAStranger(archive.primary());

    String next = format.equals("zarr") ? derived(update()) + "-2" : derived(update());
    assertThat(name(update()), equalTo(next));
  }

  @Test
  void windowsAreOverWhenTheLastOneIs() throws IOException {
    String job = derived(overwrite());
    archive.backfill("first", 1);
    archive.run(overwrite().withJob(JobName.ofWindow(job, 1)));
    assertThat(named(overwrite(), 2).id().job(), equalTo(job));
    archive.run(overwrite().withJob(JobName.ofWindow(job, 2)));

    assertThat(named(overwrite(), 2).id().job(), equalTo(job + "-2"));
  }

  @Test
  void windowsOfABackfillKeepTheirNameWhenAllAreOver() throws IOException {
    String job = derived(backfill());
    archive.run(backfill().withJob(JobName.ofWindow(job, 1)));
    assertThat(named(backfill(), 2).id().job(), equalTo(job));
    archive.run(overwrite().withJob(JobName.ofWindow(job, 2)));

    assertThat(named(backfill(), 2).id().job(), equalTo(job));
    deleteStore();
    assertThat(named(backfill(), 2).id().job(), equalTo(job + "-2"));
  }
}
