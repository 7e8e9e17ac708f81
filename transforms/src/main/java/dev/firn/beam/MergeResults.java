package dev.firn.beam;

import dev.firn.update.MergedResults;
import dev.firn.update.RegionJobKey;
import dev.firn.update.RegionJobResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/**
 * Gathers what the jobs of one update report, each job once, beside the keys of all that were
 * planned. No side effects: runners combine as often and in whatever order they like. A report
 * costs the same however many came before.
 */
final class MergeResults extends CombineFn<JobReport, MergeResults.Gathering, MergeResults.Heard> {
  private static final long serialVersionUID = 1L;

  /**
   * What was heard.
   *
   * @param planned all planned jobs, once known
   * @param warnings what a user should look at that is of no job, in order, each once
   * @param results those heard from, in the order of their keys
   * @param busy who has taken the lease meanwhile; of several the least by name
   */
  record Heard(
      List<RegionJobKey> planned,
      List<String> warnings,
      List<RegionJobResult> results,
      Optional<String> busy) {
    Heard {
      planned = List.copyOf(planned);
      warnings = List.copyOf(warnings);
      results = List.copyOf(results);
    }
  }

  /** What was heard so far; mutable. */
  static final class Gathering {
    private List<RegionJobKey> planned = List.of();
    private final SortedSet<String> warnings = new TreeSet<>();
    private final MergedResults results = new MergedResults();
    private Optional<String> busy = Optional.empty();

    private static Gathering of(Heard heard) {
      Gathering gathering = new Gathering();
      gathering.planned = heard.planned();
      gathering.warnings.addAll(heard.warnings());
      heard.results().forEach(gathering.results::add);
      gathering.busy = heard.busy();
      return gathering;
    }

    private Gathering hear(List<RegionJobKey> plan, Collection<String> more, Optional<String> why) {
      planned = planned.isEmpty() ? plan : planned;
      warnings.addAll(more);
      busy = Stream.of(busy, why).flatMap(Optional::stream).min(Comparator.naturalOrder());
      return this;
    }

    Heard heard() {
      return new Heard(planned, List.copyOf(warnings), List.copyOf(results.results()), busy);
    }
  }

  /** Codes it as what was heard, in the order of the keys, so deterministically. */
  static final class GatheringCoder extends AtomicCoder<Gathering> {
    private static final long serialVersionUID = 1L;
    private static final Coder<Heard> HEARD = JsonCoder.of(Heard.class);

    @Override
    public void encode(Gathering gathering, OutputStream out) throws IOException {
      HEARD.encode(gathering.heard(), out);
    }

    @Override
    public Gathering decode(InputStream in) throws IOException {
      return Gathering.of(HEARD.decode(in));
    }
  }

  @Override
  public Gathering createAccumulator() {
    return new Gathering();
  }

  @Override
  public Gathering addInput(Gathering gathering, JobReport report) {
    report.result().ifPresent(gathering.results::add);
    return gathering.hear(report.planned().orElse(List.of()), report.warnings(), report.busy());
  }

  @Override
  public Gathering mergeAccumulators(Iterable<Gathering> accumulators) {
    Gathering merged = createAccumulator();
    for (Gathering gathering : accumulators) {
      merged.results.addAll(gathering.results);
      merged.hear(gathering.planned, gathering.warnings, gathering.busy);
    }
    return merged;
  }

  @Override
  public Heard extractOutput(Gathering gathering) {
    return gathering.heard();
  }

  @Override
  public Coder<Gathering> getAccumulatorCoder(CoderRegistry registry, Coder<JobReport> input) {
    return new GatheringCoder();
  }

  @Override
  public Coder<Heard> getDefaultOutputCoder(CoderRegistry registry, Coder<JobReport> input) {
    return JsonCoder.of(Heard.class);
  }
}
