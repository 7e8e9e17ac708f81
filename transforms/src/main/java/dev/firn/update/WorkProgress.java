package dev.firn.update;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the region jobs of this process have done so far, for whoever shows progress while they run.
 * Runners report the same at the end of each job as metrics.
 */
public final class WorkProgress {
  private static final WorkProgress OF_PROCESS = new WorkProgress();

  private final LongAdder fieldsPlanned = new LongAdder();
  private final LongAdder fieldsDone = new LongAdder();
  private final LongAdder filesFetched = new LongAdder();
  private final LongAdder shardsWritten = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();

  /** The progress of all jobs that run in this process. */
  public static WorkProgress ofProcess() {
    return OF_PROCESS;
  }

  /** A look at the counters. */
  public record Snapshot(
      long fieldsPlanned,
      long fieldsDone,
      long filesFetched,
      long shardsWritten,
      long bytesRead,
      long bytesWritten) {}

  /** What the counters say now. */
  public Snapshot snapshot() {
    return new Snapshot(
        fieldsPlanned.sum(),
        fieldsDone.sum(),
        filesFetched.sum(),
        shardsWritten.sum(),
        bytesRead.sum(),
        bytesWritten.sum());
  }

  /** The files of a job that is planned. */
  public void planned(List<SourceFile> files) {
    fieldsPlanned.add(files.stream().mapToLong(SourceFile::fields).sum());
  }

  void fetchedFile() {
    filesFetched.increment();
  }

  void read(long bytes) {
    bytesRead.add(bytes);
  }

  void finishedFields(long fields) {
    fieldsDone.add(fields);
  }

  void wrote(WrittenShard shard) {
    shardsWritten.increment();
    bytesWritten.add(shard.sizeBytes());
  }
}
