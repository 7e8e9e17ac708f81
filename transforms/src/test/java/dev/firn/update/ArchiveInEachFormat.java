package dev.firn.update;

import dev.firn.io.object.LocalObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive that is not there yet, of a model that has two forecasts; in each format. */
@ParameterizedClass
@ValueSource(strings = {"zarr", "icechunk"})
abstract class ArchiveInEachFormat {
  @Parameter String format;

  @TempDir Path sources;
  @TempDir Path base;
  @TempDir Path undisturbed;

  TinyModel model;
  UpdateHarness archive;

  @BeforeEach
  final void publishTwoForecasts() throws IOException {
    model = new TinyModel(sources);
    archive = archiveIn(base);
    model.publish(0, 0);
    model.publish(1, 0);
  }

  UpdateHarness archiveIn(Path directory) {
    UpdateHarness made = new UpdateHarness(model, directory);
    made.primaryFormat = format;
    return made;
  }

  /** What readers see after a backfill of both forecasts that nobody disturbed. */
  Map<String, String> shownByAnUndisturbedRun() throws IOException {
    UpdateHarness other = archiveIn(undisturbed);
    other.backfill("undisturbed", 2);
    return other.shown();
  }

  /** An object beside the journals of all jobs, or in one. */
  Path inJournal(String name) {
    return base.resolve("_internal/" + archive.primary() + "/" + name);
  }

  Lease lease(String job) {
    return lease(job, Clock.systemUTC());
  }

  Lease lease(String job, Clock clock) {
    StoreLocation location = StoreLocation.parse(archive.id(job).store());
    return new StoreLease(new LocalObjectStore(base), location, job, clock);
  }
}
