package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStoreContract;
import dev.firn.io.object.ObjectStores;
import dev.firn.io.object.StoredObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
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
  private static final int PART = 5 << 20; // S3 takes no smaller ones

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

  @Test
  void largeObjectIsPutInParts() throws IOException {
    String url = System.getProperty(BUCKET) + "/" + UUID.randomUUID();
    S3Settings settings = ProcessSettings.ofThis().of(S3Location.parse(url));
    S3ObjectStore store = S3ObjectStore.open(url, settings, new MultipartSizes(PART, PART));
    byte[] bytes = new byte[PART + 1];
    bytes[PART] = 7;
    ObjectPath path = new ObjectPath("shard");

    ObjectStat put = store.put(path, bytes);

    StoredObject found = store.get(path).orElseThrow();
    assertThat(Arrays.equals(found.bytes(), bytes), is(true));
    assertThat(found.stat().etag(), equalTo(put.etag()));
    assertThat(put.etag().value(), endsWith("-2\""));
  }
}
