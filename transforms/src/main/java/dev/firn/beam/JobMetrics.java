package dev.firn.beam;

import dev.firn.update.RegionJobResult;
import dev.firn.update.SourceFileResult;
import dev.firn.update.WrittenShard;
import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * The metrics of region jobs, counted when a job ends: a runner shows them whatever machine the job
 * ran on.
 */
final class JobMetrics implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String NAMESPACE = "firn";

  private final Counter fields = Metrics.counter(NAMESPACE, "fields");
  private final Counter shards = Metrics.counter(NAMESPACE, "shards");
  private final Counter bytesRead = Metrics.counter(NAMESPACE, "bytes_read");
  private final Counter bytesWritten = Metrics.counter(NAMESPACE, "bytes_written");

  void count(RegionJobResult result) {
    fields.inc(result.fields());
    shards.inc(result.shards().size());
    bytesRead.inc(result.bytesRead());
    bytesWritten.inc(result.shards().stream().mapToLong(WrittenShard::sizeBytes).sum());
    for (SourceFileResult file : result.files()) {
      Metrics.counter(NAMESPACE, "files_" + file.status().text()).inc();
    }
  }
}
