package dev.firn.testing.s3;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test that has a parameter of type {@link S3Bucket} an empty bucket. All tests of a JVM
 * share one server, started by the first that needs it. From then on the system properties by which
 * the AWS SDK is configured name it, so that every {@code s3:} URL in the JVM leads to it.
 */
public final class S3Extension implements BeforeAllCallback, ParameterResolver {

  /** Ends with the JVM. */
  private static final class OfThisJvm {
    static final S3Server SERVER = start();

    private static S3Server start() {
      try {
        S3Server server = S3Server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
      } catch (IOException failed) {
        throw new ExceptionInInitializerError(failed);
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    System.setProperty("aws.endpointUrlS3", OfThisJvm.SERVER.endpoint().toString());
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == S3Bucket.class;
  }

  @Override
  public S3Bucket resolveParameter(ParameterContext parameter, ExtensionContext context) {
    try {
      return OfThisJvm.SERVER.newBucket();
    } catch (IOException failed) {
      throw new ParameterResolutionException("Cannot create a bucket", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ParameterResolutionException("Interrupted", interrupted);
    }
  }
}
