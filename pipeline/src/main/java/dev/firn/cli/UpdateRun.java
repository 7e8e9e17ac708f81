package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.firn.catalog.Catalog;
import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.Template;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.object.ObjectStores;
import dev.firn.update.BackfillWindows;
import dev.firn.update.JobFilter;
import dev.firn.update.JobName;
import dev.firn.update.Sources;
import dev.firn.update.StoreLocation;
import dev.firn.update.UpdateId;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.UpdatePlanner;
import dev.firn.update.UpdateRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import picocli.CommandLine;

/**
 * One backfill or update from the command line: checks and names it, runs its pipeline, shows
 * progress, and says how it ended.
 */
final class UpdateRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final UpdateOptions options;
  private final CommandLine command;
  private final Catalog.Entry dataset;
  private final UpdatePlanner planner;
  private final UpdatePipeline pipeline;

  private UpdateRun(UpdateOptions options, CommandLine command, Catalog.Entry dataset) {
    this.options = options;
    this.command = command;
    this.dataset = dataset;
    this.pipeline = new UpdatePipeline(options, dataset);
    this.planner =
        new UpdatePlanner(new Template(dataset.spec()), Firn.Version.text(), Clock.systemUTC());
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
  int run(UpdateRequest asked, OptionalInt publishEvery) throws IOException {
    asked.filter().checkVariables(dataset.spec());
    checkStore();
    checkSources(asked.filter());
    UpdateRequest whole = named(asked);
    List<JobFilter> windows = windows(whole, publishEvery);
    if (windows.size() == 1) {
      UpdateReport report = run(whole, whole.id().job());
      print(options.json ? report.json().toPrettyString() : report.text());
      return ended(report);
    }
    return run(whole, windows);
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
    String job = whole.id().job();
    if (!planner.isDone(id(job + "-w1"))) {
      checkWhole(whole);
    }
    ArrayNode documents = JSON.createArrayNode();
    int code = ExitCode.DONE;
    boolean created = false;
    for (int number = 1; number <= windows.size() && code == ExitCode.DONE; number++) {
      note("window %d of %d".formatted(number, windows.size()));
      UpdateReport report = run(window(whole, windows.get(number - 1), number, created), job);
      created |= report.outcome().extentBefore() == 0;
      documents.add(report.json());
      if (!options.json) {
        print(report.text() + "\n");
      }
      code = ended(report);
    }
    if (options.json) {
      print(JSON.createObjectNode().put("job", job).set("windows", documents).toPrettyString());
    }
    return code;
  }

  /** The guards judge a backfill as a whole before its first window changes anything. */
  private void checkWhole(UpdateRequest whole) throws IOException {
    Optional<String> refusal = planner.refusal(whole);
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get());
    }
  }

  /** What the first window may do, the next ones may: they make longer what it has created. */
  private UpdateRequest window(UpdateRequest whole, JobFilter filter, int number, boolean created) {
    return new UpdateRequest(
        id(whole.id().job() + "-w" + number),
        whole.kind(),
        filter,
        whole.overwriteChunks() || created,
        whole.overwriteMetadata() || created);
  }

  private UpdateReport run(UpdateRequest request, String job) throws IOException {
    Instant begun = Instant.now();
    note("job " + request.id().job() + " for " + request.id().store());
    String resume = resumeCommand(job);
    Thread interrupted =
        new Thread(
            () ->
                note(
                    "interrupted; readers see the old or the complete new data; resume with\n  "
                        + resume));
    Runtime.getRuntime().addShutdownHook(interrupted);
    try (ProgressPrinter progress = ProgressPrinter.start(command.getErr())) {
      pipeline.run(request);
    } catch (PipelineExecutionException failed) {
      throw new IOException(
          message(failed) + "\nfirn: nothing was published; resume with\n  " + resume, failed);
    } finally {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
    UpdateOutcome outcome =
        planner
            .outcome(request.id())
            .orElseThrow(
                () -> new IOException("Job " + request.id().job() + " ended without an outcome"));
    return new UpdateReport(
        dataset.spec(), outcome, Duration.between(begun, Instant.now()), resume);
  }

  private int ended(UpdateReport report) {
    int code = ExitCode.of(report.outcome().status());
    if (code != ExitCode.DONE) {
      note(report.failure());
    }
    return code;
  }

  private void print(String text) {
    command.getOut().println(text);
    command.getOut().flush();
  }

  private void note(String text) {
    command.getErr().println("firn: " + text);
    command.getErr().flush();
  }

  private void checkStore() throws IOException {
    try {
      ObjectStores.open(StoreLocation.parse(id("").store()).parentUrl()).close();
    } catch (UnsupportedFeatureException unsupported) {
      throw new ConfigurationException(
          "Cannot write " + options.store + ": this scheme is not supported", unsupported);
    } catch (IllegalArgumentException invalid) {
      throw new ConfigurationException(
          "Cannot write " + options.store + ": " + invalid.getMessage(), invalid);
    }
  }

  private void checkSources(JobFilter filter) {
    DatasetSpec spec = dataset.spec();
    Sources sources = new Sources(options.mirrorMap());
    sources.check(spec.source().fileUrl(filter.end(), spec.leadTimes().values().get(0)));
  }

  /** The same work asked for at another minute is the same work: ends count in whole positions. */
  private JobFilter wholePositions(JobFilter filter) {
    AppendDimension append = dataset.spec().append();
    Instant end = append.at(append.lengthBefore(filter.end()));
    return new JobFilter(filter.start(), end, filter.contains(), filter.variables());
  }

  private UpdateRequest named(UpdateRequest asked) throws IOException {
    UpdateRequest request =
        new UpdateRequest(
            id(""),
            asked.kind(),
            wholePositions(asked.filter()),
            asked.overwriteChunks(),
            asked.overwriteMetadata());
    if (options.job != null) {
      return withJob(request, JobName.check(options.job));
    }
    String name =
        JobName.derive(request, new Template(dataset.spec()), planner.published(request.id()));
    UpdateRequest derived = withJob(request, name);
    for (int repeat = 2; planner.isDone(derived.id()); repeat++) {
      derived = withJob(request, name + "-" + repeat);
    }
    return derived;
  }

  private UpdateRequest withJob(UpdateRequest request, String job) {
    return new UpdateRequest(
        id(job),
        request.kind(),
        request.filter(),
        request.overwriteChunks(),
        request.overwriteMetadata());
  }

  private UpdateId id(String job) {
    StoreLocation location = StoreLocation.of(LocalUrl.of(options.store), dataset.spec());
    return new UpdateId(dataset.spec().id(), location.url(), job);
  }

  /** What the first cause says that does more than repeat the one below it. */
  private static String message(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause.getMessage() == null || cause.getMessage().equals(cause.getCause().toString()))) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
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
