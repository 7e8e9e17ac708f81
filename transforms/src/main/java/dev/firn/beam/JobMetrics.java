package dev.firn.beam;

import dev.firn.update.RegionJobResult;
import dev.firn.update.SourceFileResult;
import dev.firn.update.StageTimes;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.WrittenShard;
import java.io.Serializable;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * The metrics of updates, counted when a region job ends and when an update is published: a runner
 * shows them whatever machine that was on. They say the same as the summary of the outcome; files
 * are counted once for each region job that reads them.
 */
final class JobMetrics implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String NAMESPACE = "firn";

  void count(RegionJobResult result) {
    add("fields", result.fields());
    add("shards", result.shards().size());
    add("bytes_read", result.bytesRead());
    add("requests", result.transfers().requests());
    add("bytes_fetched", result.transfers().bytes());
    add("bytes_wasted", result.transfers().bytesWasted());
    add("bytes_written", result.shards().stream().mapToLong(WrittenShard::sizeBytes).sum());
    for (SourceFileResult file : result.files()) {
      add("files_" + file.status().text(), 1);
    }
    StageTimes times = result.times();
    add("fetch_ms", times.fetch());
    add("decode_ms", times.decode());
    add("encode_ms", times.encode());
    add("put_ms", times.put());
  }

  void count(UpdateOutcome outcome) {
    add("publish_ms", outcome.summary().publishMillis());
  }

  private static void add(String name, long amount) {
    Metrics.counter(NAMESPACE, name).inc(amount);
  }
}
