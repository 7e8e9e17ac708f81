package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores that do not keep what the protocol stands on are found before anything is planned. */
class StoreProbeTest {
  private static final ObjectPath DIRECTORY = new ObjectPath("journal");

  /** {@code store}, which does one operation in a way that will not do. */
  private static ObjectStore failing(ObjectStore store, String operation) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals(operation)) {
                return method.invoke(store, arguments);
              }
              return switch (operation) {
                case "putIf" ->
                    Optional.of(store.put((ObjectPath) arguments[0], (byte[]) arguments[1]));
                case "list" -> List.of();
                default -> Optional.empty();
              };
            });
  }

  @Test
  void probeOfASoundStoreLeavesNothing() throws IOException {
    ObjectStore store = new MemoryObjectStore();

    assertThat(new StoreProbe(store, DIRECTORY).refusal(), equalTo(Optional.empty()));
    assertThat(store.list(ObjectPath.ROOT).isEmpty(), is(true));
  }

  @ParameterizedTest
  @CsvSource({
    "putIf, it makes conditional puts whose condition does not hold",
    "get, a read does not see what was put before",
    "list, a listing does not hold what was put before"
  })
  void whatAStoreDoesNotKeepToIsNamed(String operation, String says) throws IOException {
    ObjectStore store = new MemoryObjectStore();

    Optional<String> refusal = new StoreProbe(failing(store, operation), DIRECTORY).refusal();

    assertThat(refusal.orElseThrow(), containsString("Cannot use memory:"));
    assertThat(refusal.orElseThrow(), containsString(says));
    assertThat(store.list(ObjectPath.ROOT).isEmpty(), is(true));
  }

  @Test
  void updateOnAStoreThatIgnoresConditionsIsRefused(@TempDir Path sources) throws IOException {
    TinyModel model = new TinyModel(sources);
    MemoryStores content = new MemoryStores();
    UpdateHarness archive = new UpdateHarness(model, MemoryStores.BASE);
    archive.opener = url -> failing(content.apply(url), "putIf");

    UpdateOutcome outcome = archive.backfill("first", 1);

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(outcome.message(), containsString("conditional puts whose condition does not hold"));
  }
}
