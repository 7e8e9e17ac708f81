package dev.firn.beam;

import dev.firn.update.RegionJobKey;
import dev.firn.update.RegionJobResult;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/**
 * Gathers what the jobs of one update report, each job once, beside the keys of all that were
 * planned. No side effects: runners combine as often and in whatever order they like.
 */
final class MergeResults extends CombineFn<JobReport, MergeResults.Heard, MergeResults.Heard> {
  private static final long serialVersionUID = 1L;

  /**
   * What was heard so far.
   *
   * @param planned all planned jobs, once known
   * @param results those heard from, by job key
   */
  record Heard(List<RegionJobKey> planned, List<RegionJobResult> results) {
    Heard {
      planned = List.copyOf(planned);
      results = List.copyOf(results);
    }

    Heard plus(Heard other) {
      SortedMap<RegionJobKey, RegionJobResult> byKey = new TreeMap<>();
      results.forEach(result -> byKey.put(result.key(), result));
      other.results.forEach(result -> byKey.put(result.key(), result));
      return new Heard(planned.isEmpty() ? other.planned : planned, List.copyOf(byKey.values()));
    }
  }

  @Override
  public Heard createAccumulator() {
    return new Heard(List.of(), List.of());
  }

  @Override
  public Heard addInput(Heard heard, JobReport report) {
    return heard.plus(
        new Heard(
            report.planned().orElse(List.of()), report.result().map(List::of).orElse(List.of())));
  }

  @Override
  public Heard mergeAccumulators(Iterable<Heard> accumulators) {
    Heard merged = createAccumulator();
    for (Heard heard : accumulators) {
      merged = merged.plus(heard);
    }
    return merged;
  }

  @Override
  public Heard extractOutput(Heard heard) {
    return heard;
  }

  @Override
  public Coder<Heard> getAccumulatorCoder(CoderRegistry registry, Coder<JobReport> input)
      throws CannotProvideCoderException {
    return JsonCoder.of(Heard.class);
  }

  @Override
  public Coder<Heard> getDefaultOutputCoder(CoderRegistry registry, Coder<JobReport> input)
      throws CannotProvideCoderException {
    return JsonCoder.of(Heard.class);
  }
}
