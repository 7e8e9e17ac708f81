package dev.firn.notify;

import dev.firn.testing.sqs.SqsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Gives each test that has a parameter of type {@link SqsQueue} an empty queue, whose messages come
 * again after two seconds. All tests of a JVM share one server.
 */
final class SqsExtension implements BeforeAllCallback, ParameterResolver {
  private static final AtomicInteger QUEUES = new AtomicInteger();

  /** Ends with the JVM. */
  private static final class OfThisJvm {
    static final SqsServer SERVER = SqsServer.start();
    static final SqsClient CLIENT =
        SqsClient.builder().endpointOverride(SERVER.endpoint()).region(Region.US_EAST_1).build();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SqsQueue.class;
  }

  @Override
  public SqsQueue resolveParameter(ParameterContext parameter, ExtensionContext context) {
    try {
      String name = "queue-" + QUEUES.incrementAndGet();
      return new SqsQueue(
          OfThisJvm.SERVER.createQueue(name, Duration.ofSeconds(2)), OfThisJvm.CLIENT);
    } catch (IOException failed) {
      throw new ParameterResolutionException("Cannot create a queue", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ParameterResolutionException("Interrupted", interrupted);
    }
  }
}
