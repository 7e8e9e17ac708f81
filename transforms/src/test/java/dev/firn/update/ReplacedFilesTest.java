package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileVersion;
import dev.firn.io.source.FilesByUrl;
import dev.firn.io.source.HostLimits;
import dev.firn.io.source.Logins;
import dev.firn.io.source.SourceFiles;
import dev.firn.io.source.Transfers;
import dev.firn.io.source.VersionedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source files that are replaced while a region job reads them. */
class ReplacedFilesTest {
  private static final String[] VARIABLES = {"temperature", "wind", "pressure", "rain"};

  @TempDir Path sources;
  @TempDir Path base;
  private final AtomicInteger messages = new AtomicInteger();
  private TinyModel model;
  private UpdateHarness archive;

  /** What happens before the message of a field is read. */
  private interface Event {
    void happen(int message) throws IOException;
  }

  @BeforeEach
  void setUp() throws IOException {
    model = TinyModel.ofTwoGroups(sources);
    archive = new UpdateHarness(model, base);
    model.publish(0, 0);
  }

  private void beforeEachMessage(Event event) {
    Transfers transfers = new Transfers();
    SourceFiles files = new FilesByUrl(HostLimits.NONE_BUT_USUAL, Logins.NONE, transfers);
    archive.sources = () -> new Sources(model.mirrors(), new Eventful(files, event), transfers);
  }

  @Test
  void allIsReadAgainFromTheFileThatReplacedTheFirst() throws IOException {
    beforeEachMessage(
        message -> {
          if (message == 2) {
            model.publish(0, 1);
          }
        });

    UpdateOutcome outcome = archive.backfill("job", 1);

    assertThat(outcome.summary().filesByStatus(), equalTo(Map.of("succeeded", 4L)));
    for (String variable : VARIABLES) {
      assertThat(
          variable, archive.published(variable, 0), equalTo(archive.expected(variable, 0, 1)));
    }
  }

  @Test
  void filesThatAreReplacedAgainAndAgainAreNotReady() throws IOException {
    Duration lead = Duration.ofHours(6);
    beforeEachMessage(message -> model.publish(0, lead, message % 50));

    UpdateOutcome outcome = archive.backfill("job", 1);

    assertThat(outcome.summary().filesByStatus(), hasEntry("not_ready", 1L));
    assertThat(outcome.summary().filesByStatus(), hasEntry("succeeded", 3L));
    float[] expected = archive.expected("wind", 0, 0);
    float[] found = archive.published("wind", 0);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i], equalTo(i / 40 == 2 ? Float.NaN : expected[i]));
    }
  }

  @Test
  void jobsThatReadTwoVersionsOfAFileAreNotPublishedTogether() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 1);
    Duration lead = Duration.ofHours(9);
    List<RegionJob> jobs = archive.jobs(request);
    MergedResults results = new MergedResults();
    results.add(archive.run(request.id(), jobs.get(0)));
    model.publish(0, lead, 1);
    for (RegionJob job : jobs.subList(1, jobs.size())) {
      results.add(archive.run(request.id(), job));
    }

    IOException mixed =
        assertThrows(IOException.class, () -> archive.publish(request.id(), results));

    String url = model.url(0, lead);
    assertThat(
        mixed.getMessage(),
        allOf(
            containsString("Cannot publish job job: " + url + " was replaced meanwhile: "),
            containsString(jobs.get(0).key() + " read version"),
            containsString(jobs.get(1).key() + " read version")));
    assertThat(archive.shown().keySet(), not(hasItem("zarr.json")));
    assertThat(archive.run(request).status(), equalTo(UpdateOutcome.Status.PUBLISHED));
    for (String variable : VARIABLES) {
      float[] expected = archive.expected(variable, 0, 0);
      System.arraycopy(archive.expected(variable, 0, 1), 120, expected, 120, 40);
      assertThat(variable, archive.published(variable, 0), equalTo(expected));
    }
  }

  /** Files to which something happens between inventories and messages. */
  private final class Eventful implements SourceFiles {
    private final SourceFiles files;
    private final Event event;

    Eventful(SourceFiles files, Event event) {
      this.files = files;
      this.event = event;
    }

    @Override
    public Optional<FileVersion> find(String url) throws IOException {
      return files.find(url);
    }

    @Override
    public Optional<VersionedFile> get(String url) throws IOException {
      return files.get(url);
    }

    @Override
    public List<byte[]> read(String url, FileVersion version, List<ByteRange> ranges)
        throws IOException {
      synchronized (messages) { // so that no file is half written when it is read
        event.happen(messages.incrementAndGet());
        return files.read(url, version, ranges);
      }
    }

    @Override
    public SortedMap<String, FileVersion> list(String prefix) throws IOException {
      return files.list(prefix);
    }

    @Override
    public void close() throws IOException {
      files.close();
    }
  }
}
