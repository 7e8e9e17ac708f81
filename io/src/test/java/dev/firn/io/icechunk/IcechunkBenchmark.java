package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.object.LocalObjectStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * What {@code interop/icechunk_benchmark.py} times of Firn, each run on a repository that is opened
 * anew: {@code CASE REFS DIRECTORY RUNS}. Prints the seconds of each run and the process's peak of
 * memory.
 */
final class IcechunkBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final NodePath ARRAY = new NodePath("/array");
  private static final int COLUMNS = 100;
  private static final int APPENDED_ROWS = 10;
  private static final String CONTAINERS =
      "{\"s3://bucket/\":{\"name\":null,\"url_prefix\":\"s3://bucket/\",\"store\":{\"s3\":{}}}}";

  private final Path directory;
  private final int rows;

  private interface Step {
    void run() throws IOException;
  }

  private IcechunkBenchmark(Path directory, int refs) {
    this.directory = directory;
    this.rows = refs / COLUMNS;
  }

  public static void main(String[] arguments) throws IOException {
    IcechunkBenchmark benchmark =
        new IcechunkBenchmark(Path.of(arguments[2]), Integer.parseInt(arguments[1]));
    ObjectNode out = JSON.createObjectNode();
    ArrayNode seconds = out.putArray("seconds");
    for (int run = 0; run < Integer.parseInt(arguments[3]); run++) {
      Step step = benchmark.step(arguments[0], run);
      long start = System.nanoTime();
      step.run();
      seconds.add((System.nanoTime() - start) / 1e9);
    }
    out.put("peak_mebibytes", peakKibibytes() / 1024.0);
    try (OutputStream output = new FileOutputStream(FileDescriptor.out)) {
      output.write((out + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static long peakKibibytes() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(status -> status.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  /** What is timed; what it needs is made now. */
  private Step step(String name, int run) throws IOException {
    switch (name) {
      case "commit", "chunks" -> {
        Path repository = directory.resolve("run-" + run);
        create(repository);
        String[] locations = locations(0, rows);
        return name.equals("commit")
            ? () -> setRows(repository, 0, locations)
            : () -> putChunks(repository);
      }
      case "append" -> {
        int from = rows + run * APPENDED_ROWS;
        String[] locations = locations(from, from + APPENDED_ROWS);
        return () -> setRows(directory, from, locations);
      }
      case "list" -> {
        return () -> list();
      }
      default -> throw new IllegalArgumentException(name);
    }
  }

  private void create(Path repository) throws IOException {
    RepositoryConfig config =
        RepositoryConfig.DEFAULT.with("virtual_chunk_containers", JSON.readTree(CONTAINERS));
    Session session =
        Repository.create(new LocalObjectStore(repository), config, RepositorySettings.DEFAULT)
            .writable("main");
    session.setMetadata(NodePath.ROOT, TestRepositories.GROUP);
    session.setMetadata(ARRAY, document(rows));
    session.commit(CommitRequest.of("array"));
  }

  private static Repository open(Path repository) throws IOException {
    return Repository.open(new LocalObjectStore(repository)).orElseThrow();
  }

  private static Bytes document(int rows) {
    return TestRepositories.array(rows, COLUMNS);
  }

  private static void setRows(Path repository, int from, String[] locations) throws IOException {
    int to = from + locations.length;
    Session session = open(repository).writable("main");
    session.setMetadata(ARRAY, document(to));
    session.setRefs(
        ARRAY,
        () ->
            IntStream.range(from * COLUMNS, to * COLUMNS)
                .mapToObj(i -> ChunkChange.set(index(i), ref(locations[i / COLUMNS - from], i)))
                .iterator());
    session.commit(CommitRequest.of("refs"));
  }

  private static ChunkIndex index(int i) {
    return ChunkIndex.of(i / COLUMNS, i % COLUMNS);
  }

  /** A row of chunks is a file. */
  private static String[] locations(int from, int to) {
    return IntStream.range(from, to).mapToObj(IcechunkBenchmark::location).toArray(String[]::new);
  }

  private static String location(int row) {
    return "s3://bucket/model/" + (20_000_000 + row / 24) + "/t" + (row % 24) + "z.pgrb2.f" + row;
  }

  private static VirtualChunk ref(String location, int i) {
    return new VirtualChunk(location, (i % COLUMNS) * 1_000_000L, 900_000 + i, Optional.empty());
  }

  private void putChunks(Path repository) throws IOException {
    Session session = open(repository).writable("main");
    byte[] bytes = new byte[1024];
    for (int i = 0; i < rows * COLUMNS; i++) {
      ByteBuffer.wrap(bytes).putInt(i);
      session.putChunk(ARRAY, index(i), List.of(ByteBuffer.wrap(bytes)));
    }
    session.commit(CommitRequest.of("chunks"));
  }

  private void list() throws IOException {
    AtomicLong count = new AtomicLong();
    Session session = open(directory).readOnly(Version.branch("main"));
    session.forEachChunk(ARRAY, (index, ref) -> count.addAndGet(index.coordinate(0) >= 0 ? 1 : 0));
    requireAll(count.get());
  }

  private void requireAll(long count) {
    if (count != (long) rows * COLUMNS) {
      throw new IllegalStateException(count + " chunks, expected " + rows * COLUMNS);
    }
  }
}
