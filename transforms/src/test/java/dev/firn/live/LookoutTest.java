package dev.firn.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpServer;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.update.ArrivedFile;
import dev.firn.update.Region;
import dev.firn.update.SourceFile;
import dev.firn.update.SourceFilePlan;
import dev.firn.update.Sources;
import dev.firn.update.TinyModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookoutTest {
  private static final Duration THREE_HOURS = Duration.ofHours(3);

  @TempDir Path directory;
  private final List<Long> archived = new ArrayList<>();
  private TinyModel model;
  private Sources sources;
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");

  @BeforeEach
  void open() {
    model = new TinyModel(directory);
    sources = new Sources(model.mirrors());
  }

  @AfterEach
  void close() throws IOException {
    sources.close();
  }

  /** Has the lead times of {@link #archived}, in hours, at any version. */
  private Holdings holdings(DatasetSpec spec) {
    return new Holdings() {
      @Override
      public boolean has(SourceFile file, ArrivedFile version) {
        return archived.contains(file.steps().get(0).lead().toHours());
      }

      @Override
      public List<SourceFile> files(long position, Instant at) {
        return SourceFilePlan.of(spec, new Region(position, position, position + 1), at);
      }

      @Override
      public List<SourceFile> missing(long position, Instant at) {
        return files(position, at).stream().filter(file -> !has(file, null)).toList();
      }
    };
  }

  private static List<Long> leads(List<Candidate> candidates) {
    return candidates.stream().map(each -> each.file().steps().get(0).lead().toHours()).toList();
  }

  private List<Long> look(Lookout lookout, DatasetSpec spec) throws IOException {
    return leads(lookout.look(List.of(0L), holdings(spec), now));
  }

  @Test
  void listedFilesAreNamedOnceAndAgainWhenTheyAreReplacedOrNobodyTookThem() throws IOException {
    DatasetSpec spec = model.template().spec();
    Lookout lookout = new Lookout(spec, sources);
    model.publish(0, Duration.ZERO, 0);
    model.publish(0, THREE_HOURS, 0);
    Files.delete(model.indexFile(0, THREE_HOURS));

    assertThat("without its inventory it is not ready", look(lookout, spec), contains(0L));
    assertThat(look(lookout, spec), empty());

    model.publish(0, THREE_HOURS, 0);
    assertThat(look(lookout, spec), contains(3L));
    archived.add(3L);
    model.publish(0, Duration.ZERO, 1);
    assertThat("replaced", look(lookout, spec), contains(0L));
    now = now.plusSeconds(121);
    assertThat("not taken", look(lookout, spec), contains(0L));
  }

  @Test
  void whatTheArchiveHasIsNotNamed() throws IOException {
    archived.add(0L);
    model.publish(0, 0);

    assertThat(
        look(new Lookout(model.template().spec(), sources), model.template().spec()),
        contains(3L, 6L, 9L));
  }

  @Test
  void whatCannotBeListedIsAskedForUntilAFewAreAbsent() throws IOException {
    model.publish(0, Duration.ZERO, 0);
    model.publish(0, Duration.ofHours(6), 0);
    List<String> asked = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1));
          asked.add(file.getFileName().toString());
          boolean there = Files.exists(file);
          exchange.getResponseHeaders().add("Content-Length", there ? "100" : "0");
          exchange.getResponseHeaders().add("Last-Modified", "Thu, 01 Jan 2026 06:00:00 GMT");
          exchange.sendResponseHeaders(there ? 200 : 404, -1);
          exchange.close();
        });
    server.start();
    try {
      var definition = TinyModel.definition();
      String files = definition.get("source").get("files").asText();
      String root = "http://127.0.0.1:" + server.getAddress().getPort();
      definition.withObject("/source").put("files", files.replace(TinyModel.BUCKET, root));
      DatasetSpec spec = DatasetParser.parse("tiny", definition);
      Lookout lookout = new Lookout(spec, new Sources(Map.of()));

      assertThat(look(lookout, spec), contains(0L, 6L));
      assertThat("those it has named are not asked for again", look(lookout, spec), empty());
      assertThat(asked.stream().filter("f000.grib2"::equals).count(), equalTo(1L));
      assertThat(asked.stream().filter("f003.grib2"::equals).count(), equalTo(2L));
    } finally {
      server.stop(0);
    }
  }
}
