package dev.firn.notify;

import dev.firn.beam.Datasets;
import dev.firn.dataset.ConfigurationException;
import dev.firn.update.KnownFiles;
import java.time.Instant;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.sqs.SqsIO;
import org.apache.beam.sdk.io.aws2.sqs.SqsMessage;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/**
 * Reads notifications from a queue of SQS, for ever: announcements of files that the datasets have
 * a use for ({@link #ANNOUNCEMENTS}), and messages that cannot be understood ({@link
 * #DEAD_LETTERS}).
 *
 * <p>A message is deleted from the queue when the runner has taken over what became of it; until
 * then it may come again, to be announced again. Order means nothing.
 *
 * <p>Its metrics, in namespace {@code firn}: {@code messages}; {@code announcements}, those that go
 * on; {@code unknown}, those of files that no dataset reads; {@code ignored}, events other than
 * creation; {@code malformed}, messages that are dead letters.
 */
public final class ReadNotifications extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Files that are said to be there now, which some dataset reads. */
  public static final TupleTag<Announcement> ANNOUNCEMENTS = new TupleTag<>("announcements") {};

  /** Messages that are malformed, wholly or in part. */
  public static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("dead-letters") {};

  private final String queueUrl;
  private final Datasets datasets;

  private ReadNotifications(String queueUrl, Datasets datasets) {
    this.queueUrl = queueUrl;
    this.datasets = datasets;
  }

  /**
   * Reads from the queue at {@code queueUrl} what is of use to {@code datasets}.
   *
   * <p>The region is that of the URL, the server too where it is not Amazon's; the environment and
   * the runner's options for AWS say the rest. Whoever makes the pipeline needs credentials too:
   * without, applying this is a {@link ConfigurationException}.
   *
   * @throws IllegalArgumentException if the URL is no queue's
   */
  public static ReadNotifications of(String queueUrl, Datasets datasets) {
    return new ReadNotifications(QueueAddress.parse(queueUrl).url(), datasets);
  }

  /**
   * Checks that a URL is a queue's, without a request to it.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void check(String queueUrl) {
    QueueAddress.parse(queueUrl);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple read =
        messages(begin)
            .apply(
                "Understand",
                ParDo.of(new UnderstandFn(queueUrl, datasets))
                    .withOutputTags(ANNOUNCEMENTS, TupleTagList.of(DEAD_LETTERS)));
    read.get(ANNOUNCEMENTS).setCoder(new AnnouncementCoder());
    read.get(DEAD_LETTERS).setCoder(new DeadLetterCoder());
    return read;
  }

  private PCollection<SqsMessage> messages(PBegin begin) {
    ClientConfiguration client = client(QueueAddress.parse(queueUrl));
    try {
      return begin.apply(
          "ReadQueue", SqsIO.read().withQueueUrl(queueUrl).withClientConfiguration(client));
    } catch (SdkException unusable) {
      throw new ConfigurationException(
          "Cannot read queue " + queueUrl + ": " + unusable.getMessage(), unusable);
    }
  }

  private static ClientConfiguration client(QueueAddress queue) {
    ClientConfiguration.Builder client = ClientConfiguration.builder();
    queue.region().map(Region::of).ifPresent(client::region);
    queue.endpoint().ifPresent(client::endpoint);
    return client.build();
  }

  /** From one message to what it says. */
  static final class UnderstandFn extends DoFn<SqsMessage, Announcement> {
    private static final long serialVersionUID = 1L;
    private final Counter messages = Metrics.counter("firn", "messages");
    private final Counter announcements = Metrics.counter("firn", "announcements");
    private final Counter unknown = Metrics.counter("firn", "unknown");
    private final Counter ignored = Metrics.counter("firn", "ignored");
    private final Counter malformed = Metrics.counter("firn", "malformed");
    private final String queueUrl;
    private final Datasets datasets;
    private transient KnownFiles known;

    UnderstandFn(String queueUrl, Datasets datasets) {
      this.queueUrl = queueUrl;
      this.datasets = datasets;
    }

    /** Takes the names of the datasets' files apart once. */
    @Setup
    public void setUp() {
      known = datasets.knownFiles();
    }

    @ProcessElement
    public void processElement(@Element SqsMessage message, MultiOutputReceiver out) {
      S3Message said = S3MessageParser.parse(message.getBody());
      messages.inc();
      ignored.inc(said.ignored());
      for (Announcement announcement : said.announcements()) {
        if (known.find(announcement.url(), Instant.now()).isEmpty()) {
          unknown.inc();
        } else {
          announcements.inc();
          out.get(ANNOUNCEMENTS).output(announcement);
        }
      }
      if (said.isMalformed()) {
        malformed.inc();
        out.get(DEAD_LETTERS).output(letter(message, said));
      }
    }

    private DeadLetter letter(SqsMessage message, S3Message said) {
      return new DeadLetter(
          queueUrl,
          message.getMessageId(),
          Instant.ofEpochMilli(message.getTimeStamp()),
          String.join("; ", said.faults()),
          message.getBody());
    }
  }
}
