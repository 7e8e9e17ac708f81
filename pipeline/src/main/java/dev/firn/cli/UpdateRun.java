package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.firn.catalog.Catalog;
import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.Template;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.update.ArrivedFile;
import dev.firn.update.BackfillWindows;
import dev.firn.update.Healing;
import dev.firn.update.JobFilter;
import dev.firn.update.JobName;
import dev.firn.update.JobNames;
import dev.firn.update.SourceFilePlan;
import dev.firn.update.Sources;
import dev.firn.update.StoreLocation;
import dev.firn.update.UpdateId;
import dev.firn.update.UpdateMonitor;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.UpdatePlanner;
import dev.firn.update.UpdateRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * One backfill or update from the command line: checks and names it, runs its pipeline, shows
 * progress, and says how it ended.
 */
final class UpdateRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SAFE =
      "readers see the old or the complete new data; resume with\n  ";

  private final UpdateOptions options;
  private final CommandLine command;
  private final Catalog.Entry dataset;
  private final UpdatePlanner planner;
  private final UpdatePipeline pipeline;
  private final Optional<WorkerRun> worker;
  private final UpdateMonitor monitor;

  private UpdateRun(UpdateOptions options, CommandLine command, Catalog.Entry dataset) {
    this.options = options;
    this.command = command;
    this.dataset = dataset;
    this.pipeline = new UpdatePipeline(options, dataset);
    Template template = new Template(dataset.spec());
    this.planner = new UpdatePlanner(template, Firn.Version.text(), Clock.systemUTC());
    this.worker =
        options.worker == null ? Optional.empty() : Optional.of(new WorkerRun(options, template));
    this.monitor = options.monitor();
  }

  static UpdateRun of(UpdateOptions options, CommandLine command) throws IOException {
    return new UpdateRun(options, command, options.catalog.load().entry(options.dataset));
  }

  /**
   * Runs the work and returns the exit code.
   *
   * @param publishEvery how many regions of a backfill are published together; empty for about two
   *     hours of work
   */
  int run(
      UpdateRequest.Kind kind,
      JobFilter filter,
      boolean overwriteChunks,
      boolean overwriteMetadata,
      OptionalInt publishEvery)
      throws IOException {
    filter.checkVariables(dataset.spec());
    UpdateRequest unnamed =
        unnamed(kind, wholePositions(filter), overwriteChunks, overwriteMetadata, List.of());
    List<JobFilter> windows = windows(unnamed, publishEvery);
    UpdateRequest whole = named(unnamed, windows.size());
    worker.ifPresent(
        run -> note("worker %d of %d".formatted(run.share().index(), run.share().total())));
    if (windows.size() == 1) {
      UpdateReport report = run(whole, resumeCommand(whole.id().job()), false);
      print(options.json ? report.json().toPrettyString() : report.text());
      return ended(report);
    }
    return run(whole, windows);
  }

  private UpdateRequest unnamed(
      UpdateRequest.Kind kind,
      JobFilter filter,
      boolean overwriteChunks,
      boolean overwriteMetadata,
      List<ArrivedFile> files) {
    List<String> urls = options.storeUrls(dataset.spec());
    urls.forEach(UpdateRun::checkStore);
    return new UpdateRequest(
        new UpdateId(dataset.spec().id(), urls.get(0), ""),
        urls.subList(1, urls.size()),
        kind,
        filter,
        overwriteChunks,
        overwriteMetadata,
        files);
  }

  /** One live update. If it does not end well, the same command goes on. */
  UpdateReport runLive(Healing.Batch batch) throws IOException {
    UpdateRequest unnamed =
        unnamed(UpdateRequest.Kind.LIVE, batch.filter(), false, false, batch.files());
    String again = "./firn " + commandText(command.getParent().getParseResult().originalArgs());
    return run(named(unnamed, 1), again, false);
  }

  private List<JobFilter> windows(UpdateRequest whole, OptionalInt publishEvery) {
    if (whole.kind() == UpdateRequest.Kind.UPDATE) {
      return List.of(whole.filter());
    }
    long extent = dataset.spec().append().lengthBefore(whole.filter().end());
    int regions = publishEvery.orElseGet(() -> BackfillWindows.usualRegions(dataset.spec()));
    return BackfillWindows.of(dataset.spec(), extent, whole.filter(), regions);
  }

  private int run(UpdateRequest whole, List<JobFilter> windows) throws IOException {
    String resume = resumeCommand(whole.id().job());
    ArrayNode documents = JSON.createArrayNode();
    int code = ExitCode.DONE;
    boolean created = false;
    for (int number = 1; number <= windows.size() && code == ExitCode.DONE; number++) {
      note("window %d of %d".formatted(number, windows.size()));
      UpdateReport report =
          run(
              window(whole, windows.get(number - 1), number, created),
              resume,
              number < windows.size());
      created |= report.outcome().extentBefore() == 0;
      documents.add(report.json());
      if (!options.json) {
        print(report.text() + "\n");
      }
      code = ended(report);
    }
    if (options.json) {
      print(
          JSON.createObjectNode()
              .put("job", whole.id().job())
              .set("windows", documents)
              .toPrettyString());
    }
    return code;
  }

  /** The request under its name, unless it is known to be in vain. */
  private UpdateRequest named(UpdateRequest request, int windows) throws IOException {
    Instant begun = Instant.now();
    UpdateRequest derived = request.withJob(derivedName(request));
    try {
      for (String url : request.stores()) {
        WritableStores.require(url, "published");
      }
      UpdateRequest named = isNameGiven() ? derived : request.withJob(freeName(request, windows));
      if (windows > 1) {
        checkWhole(named);
      }
      return named;
    } catch (IOException | RuntimeException failed) {
      tellFailed(derived.id(), begun, failed);
      throw failed;
    }
  }

  /** Workers have to come to one name whenever they start. */
  private boolean isNameGiven() {
    return options.job != null || worker.isPresent();
  }

  private String derivedName(UpdateRequest request) {
    return options.job == null
        ? JobName.derive(request, new Template(dataset.spec()))
        : JobName.check(options.job);
  }

  private String freeName(UpdateRequest request, int windows) throws IOException {
    return new JobNames(new Template(dataset.spec())).of(request, windows);
  }

  /** The guards judge a backfill as a whole before its first window changes anything. */
  private void checkWhole(UpdateRequest whole) throws IOException {
    UpdateId first = whole.withJob(JobName.ofWindow(whole.id().job(), 1)).id();
    if (planner.isBegun(first)) {
      return;
    }
    Optional<String> refusal = planner.refusal(whole);
    if (refusal.isPresent() && !planner.isBegun(first)) { // another worker may have begun it
      throw new RefusedException("published", refusal.get());
    }
  }

  /** What the first window may do, the next ones may: they make longer what it has created. */
  private UpdateRequest window(UpdateRequest whole, JobFilter filter, int number, boolean created) {
    return new UpdateRequest(
        whole.withJob(JobName.ofWindow(whole.id().job(), number)).id(),
        whole.replicas(),
        whole.kind(),
        filter,
        whole.overwriteChunks() || created,
        whole.overwriteMetadata() || created,
        whole.files());
  }

  /** One publication; {@code more} says whether another window follows. */
  private UpdateReport run(UpdateRequest request, String resume, boolean more) throws IOException {
    Instant begun = Instant.now();
    note("job " + request.id().job() + " for " + String.join(" and ", request.stores()));
    Thread interrupted =
        new Thread(
            () ->
                note(
                    "interrupted; "
                        + (isHere() ? "" : "what was submitted goes on while its cluster does; ")
                        + SAFE
                        + resume));
    Runtime.getRuntime().addShutdownHook(interrupted);
    try (ProgressPrinter printer =
        ProgressPrinter.start(command.getErr(), progress(request.id()))) {
      UpdateOutcome outcome = outcome(request, more);
      return new UpdateReport(
          dataset.spec(), outcome, Duration.between(begun, Instant.now()), resume);
    } catch (IOException failed) {
      tellFailed(request.id(), begun, failed);
      throw new IOException(failed.getMessage() + "\nfirn: " + SAFE + resume, failed);
    } catch (RefusedException refused) {
      tellFailed(request.id(), begun, refused);
      throw refused.and("\nfirn: " + SAFE + resume);
    } catch (RuntimeException failed) {
      tellFailed(request.id(), begun, failed);
      throw failed;
    } finally {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
  }

  /** Nobody tries a refusal again, nor a failure when no retries are left. */
  private void tellFailed(UpdateId update, Instant begun, Exception failure) {
    if (options.retriesLeft == 0 || failure instanceof RefusedException) {
      String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
      monitor.failed(update, begun, why).forEach(warning -> note("warning: " + warning));
    }
  }

  private UpdateOutcome outcome(UpdateRequest request, boolean more) throws IOException {
    Optional<UpdateOutcome> ended = planner.ended(request.id());
    if (ended.isPresent()) {
      note("this job ended at " + ended.get().finished() + ", and is not done again");
      return monitor.ended(ended.get(), List.of());
    }
    checkSources(request.filter());
    if (worker.isPresent()) {
      return worker.get().run(request, more);
    }
    pipeline.run(request, this::note);
    return planner
        .outcome(request.id())
        .orElseThrow(
            () -> new IOException("Job " + request.id().job() + " ended without an outcome"));
  }

  private ProgressPrinter.Line progress(UpdateId update) {
    return isHere() ? ProgressPrinter.ofProcess() : ProgressPrinter.ofJournal(update);
  }

  /** Whether region jobs run in this process. */
  private boolean isHere() {
    return options.runner == RunOptions.Runner.DIRECT;
  }

  /** The exit code; tells what went wrong. */
  int ended(UpdateReport report) {
    int code = ExitCode.of(report.outcome().status());
    if (code != ExitCode.DONE) {
      note(report.failure());
    }
    return code;
  }

  void print(String text) {
    command.getOut().println(text);
    command.getOut().flush();
  }

  void note(String text) {
    command.getErr().println("firn: " + text);
    command.getErr().flush();
  }

  Catalog.Entry dataset() {
    return dataset;
  }

  private static void checkStore(String url) {
    try (ObjectStore parent = ObjectStores.open(StoreLocation.parse(url).parentUrl())) {
      parent.url();
    } catch (UnsupportedFeatureException unsupported) {
      throw new ConfigurationException(
          "Cannot write " + url + ": this scheme is not supported", unsupported);
    } catch (IllegalArgumentException invalid) {
      throw new ConfigurationException(
          "Cannot write " + url + ": " + invalid.getMessage(), invalid);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where an update ends that was not told so. */
  Instant usualEnd() {
    return Instant.now().minus(dataset.spec().updates().delay());
  }

  private void checkSources(JobFilter filter) throws IOException {
    DatasetSpec spec = dataset.spec();
    try (Sources sources = new Sources(options.mirrorMap())) {
      Optional<String> example = new SourceFilePlan(spec, Instant.now()).example(filter.end());
      if (example.isPresent()) {
        sources.check(example.get());
      }
    }
  }

  /** The same work asked for at another minute is the same work: ends count in whole positions. */
  private JobFilter wholePositions(JobFilter filter) {
    AppendDimension append = dataset.spec().append();
    Instant end = append.at(append.lengthBefore(filter.end()));
    return new JobFilter(filter.start(), end, filter.contains(), filter.variables());
  }

  /** The command line as it was given, with the job's name. */
  private String resumeCommand(String job) {
    List<String> arguments = new ArrayList<>(command.getParent().getParseResult().originalArgs());
    if (options.job == null) {
      int beamOptions = arguments.indexOf("--");
      arguments.addAll(beamOptions < 0 ? arguments.size() : beamOptions, List.of("--job", job));
    }
    return "./firn " + commandText(arguments);
  }

  /** Arguments as a shell wants them. */
  static String commandText(List<String> arguments) {
    return arguments.stream()
        .map(
            argument ->
                argument.matches("[\\w@%+=:,./-]+")
                    ? argument
                    : "'" + argument.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
