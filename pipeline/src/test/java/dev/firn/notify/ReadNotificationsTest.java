package dev.firn.notify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.beam.Datasets;
import dev.firn.catalog.Catalog;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SqsExtension.class)
class ReadNotificationsTest {
  private static final Map<String, Queue<Announcement>> ANNOUNCED = new ConcurrentHashMap<>();
  private static final Map<String, Queue<DeadLetter>> DEAD = new ConcurrentHashMap<>();

  /** Keeps what comes for the test with that queue. */
  static final class KeepAnnouncementFn extends DoFn<Announcement, Void> {
    private static final long serialVersionUID = 1L;
    private final String queue;

    KeepAnnouncementFn(String queue) {
      this.queue = queue;
    }

    @ProcessElement
    public void processElement(@Element Announcement announcement) {
      announced(queue).add(announcement);
    }
  }

  /** Keeps what comes for the test with that queue. */
  static final class KeepLetterFn extends DoFn<DeadLetter, Void> {
    private static final long serialVersionUID = 1L;
    private final String queue;

    KeepLetterFn(String queue) {
      this.queue = queue;
    }

    @ProcessElement
    public void processElement(@Element DeadLetter letter) {
      dead(queue).add(letter);
    }
  }

  private static Queue<Announcement> announced(String queue) {
    return ANNOUNCED.computeIfAbsent(queue, any -> new ConcurrentLinkedQueue<>());
  }

  private static Queue<DeadLetter> dead(String queue) {
    return DEAD.computeIfAbsent(queue, any -> new ConcurrentLinkedQueue<>());
  }

  private static Datasets gfs() throws IOException {
    return Datasets.of(
        Map.of(
            "noaa-gfs-forecast",
            Catalog.load(Optional.empty()).entry("noaa-gfs-forecast").definition()));
  }

  private static PipelineResult run(String queue) throws IOException {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setBlockOnRun(false);
    options.setTargetParallelism(2);
    Pipeline pipeline = Pipeline.create(options);
    PCollectionTuple read = pipeline.apply(ReadNotifications.of(queue, gfs()));
    read.get(ReadNotifications.ANNOUNCEMENTS)
        .apply("KeepAnnouncements", ParDo.of(new KeepAnnouncementFn(queue)));
    read.get(ReadNotifications.DEAD_LETTERS)
        .apply("KeepLetters", ParDo.of(new KeepLetterFn(queue)));
    return pipeline.run();
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat("in time: " + what, System.nanoTime() < end, is(true));
      Thread.sleep(50);
    }
  }

  private static long counter(PipelineResult result, String name) {
    return StreamSupport.stream(
            result
                .metrics()
                .queryMetrics(
                    MetricsFilter.builder()
                        .addNameFilter(MetricNameFilter.named("firn", name))
                        .build())
                .getCounters()
                .spliterator(),
            false)
        .mapToLong(MetricResult::getAttempted)
        .sum();
  }

  private static Messages lead(int lead) {
    return Messages.created()
        .key("gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f%03d".formatted(lead));
  }

  @Test
  void messagesOfAllFormsBecomeAnnouncementsAndDeadLetters(SqsQueue queue) throws Exception {
    String broken = Messages.of(lead(4).record(), Messages.created().key("%").record());
    queue.send(lead(1).body());
    queue.send(Messages.fromTopic(lead(2).body()));
    queue.send(Messages.fromBus("Object Created"));
    queue.send(broken);
    queue.send("no JSON: " + "ü".repeat(1000));
    queue.send(Messages.TEST_EVENT);
    queue.send(Messages.created().name("ObjectRemoved:Delete").body());
    queue.send(
        Messages.of(
            lead(1).bucket("elsewhere").record(),
            Messages.created().key("gfs.20261120/06/atmos/gfs.t06z.pgrb2b.0p25.f001").record()));

    PipelineResult result = run(queue.url());
    await(
        "all messages", () -> announced(queue.url()).size() >= 4 && dead(queue.url()).size() >= 2);
    await("an empty queue", queue::isEmpty);
    result.cancel();

    assertThat(
        announced(queue.url()).stream()
            .map(Announcement::url)
            .map(url -> url.substring(url.length() - 4))
            .toList(),
        containsInAnyOrder("f001", "f002", "f003", "f004"));
    assertThat(
        dead(queue.url()).stream().map(DeadLetter::content).toList(),
        containsInAnyOrder(broken, "no JSON: " + "ü".repeat(1000)));
    assertThat(
        dead(queue.url()).stream().map(DeadLetter::queue).toList(),
        everyItem(equalTo(queue.url())));
    assertThat(
        dead(queue.url()).stream().map(DeadLetter::reason).toList(),
        hasItem(startsWith("Records[1]: s3.object.key is \"%\"")));
    assertThat(counter(result, "messages"), equalTo(8L));
    assertThat(counter(result, "announcements"), equalTo(4L));
    assertThat(counter(result, "unknown"), equalTo(2L));
    assertThat(counter(result, "ignored"), equalTo(2L));
    assertThat(counter(result, "malformed"), equalTo(2L));
  }

  @Test
  void readerThatStopsLosesNothing(SqsQueue queue) throws Exception {
    Set<String> sent = new HashSet<>();
    for (int lead = 0; lead < 60; lead++) {
      queue.send(lead(lead).body());
      sent.add(
          "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f%03d".formatted(lead));
    }

    PipelineResult first = run(queue.url());
    await("a first announcement", () -> !announced(queue.url()).isEmpty());
    first.cancel();
    PipelineResult second = run(queue.url());
    await(
        "all announcements",
        () ->
            announced(queue.url()).stream()
                .map(Announcement::url)
                .collect(Collectors.toSet())
                .equals(sent));
    second.cancel();

    assertThat(dead(queue.url()).isEmpty(), is(true));
  }

  @Test
  void urlOfNoQueueIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> ReadNotifications.of("s3://bucket/key", gfs()));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Invalid queue URL 's3://bucket/key': expected one like"
                + " https://sqs.us-east-1.amazonaws.com/123456789012/name"));
  }
}
