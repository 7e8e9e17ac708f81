package dev.firn.io.object.s3;

import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStoreContract;
import dev.firn.io.object.ObjectStores;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * The sequential part of the contract of stores on any server: one that the environment names and a
 * bucket that the argument names. The tests in interop/ run it. Its own build does not.
 */
public final class NamedServer extends ObjectStoreContract {
  private static final String BUCKET = "firn.test.bucket";

  /** Takes the URL of a bucket; prints how it ended, and exits with 1 where a test failed. */
  public static void main(String[] arguments) {
    System.setProperty(BUCKET, arguments[0]);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(NamedServer.class))
            .filters(TagFilter.excludeTags(RACE))
            .build();
    Launcher launcher = LauncherFactory.create();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    launcher.execute(request, listener);
    try (PrintWriter out =
        new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
      listener.getSummary().printTo(out);
      listener.getSummary().printFailuresTo(out);
    }
    long good = listener.getSummary().getTestsSucceededCount();
    System.exit(good > 0 && good == listener.getSummary().getTestsFoundCount() ? 0 : 1);
  }

  @Override
  protected ObjectStore store() {
    return ObjectStores.open(System.getProperty(BUCKET) + "/" + UUID.randomUUID());
  }
}
