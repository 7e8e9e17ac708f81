package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.update.DisturbedProcess.Disturbance;
import dev.firn.update.StoreSet.Member;
import dev.firn.update.StoreSet.Order;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive with two replicas, in every combination of formats. */
@ParameterizedClass
@CsvSource({"zarr, zarr", "zarr, icechunk", "icechunk, zarr", "icechunk, icechunk"})
class ReplicaFormatsTest {
  @Parameter(0)
  String primaryFormat;

  @Parameter(1)
  String replicaFormat;

  @TempDir Path sources;

  private MemoryStores stores;
  private TinyModel model;
  private UpdateHarness archive;
  private List<String> inOrder;

  @BeforeEach
  void setUp() throws IOException {
    model = new TinyModel(sources);
    begin();
    inOrder = List.of(archive.replica(0), archive.replica(1), archive.primary());
  }

  /** An archive of the first forecast, which has changed since, and a second one to be added. */
  private void begin() throws IOException {
    stores = new MemoryStores();
    archive = new UpdateHarness(model, MemoryStores.BASE);
    archive.primaryFormat = primaryFormat;
    archive.replicas = List.of(replicaFormat, replicaFormat);
    archive.opener = stores;
    model.publish(0, 0);
    archive.backfill("first", 1);
    model.publish(0, 1);
    model.publish(1, 0);
  }

  private UpdateRequest update() {
    return archive.replicated(model.update(archive.id("second"), 2));
  }

  private Map<String, String> arrays(String store) throws IOException {
    Map<String, String> content = stores.content(store);
    content.remove("zarr.json"); // has the others' metadata in Zarr alone
    return content;
  }

  private void assertAllShowTheSame() throws IOException {
    for (String store : inOrder) {
      assertThat(store, arrays(store).equals(arrays(archive.primary())), equalTo(true));
    }
  }

  @Test
  void allStoresShowTheSame() throws IOException {
    UpdateOutcome outcome = archive.run(update());

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(
        outcome.stores().stream().map(PinnedStore::extent).toList(), equalTo(List.of(2L, 2L, 2L)));
    assertAllShowTheSame();
  }

  @Test
  void storesAreGoneThroughInTheOrderAskedFor() throws IOException {
    try (StoreSet set = StoreSet.open(update().stores(), stores)) {
      List<StoreRole> replicas = List.of(StoreRole.replica(0), StoreRole.replica(1));
      List<StoreRole> first = new ArrayList<>(replicas);
      first.add(0, StoreRole.PRIMARY);
      List<StoreRole> last = new ArrayList<>(replicas);
      last.add(StoreRole.PRIMARY);

      assertThat(roles(set, Order.PRIMARY_FIRST), equalTo(first));
      assertThat(roles(set, Order.PRIMARY_LAST), equalTo(last));
    }
  }

  private static List<StoreRole> roles(StoreSet set, Order order) {
    return set.members(order).stream().map(Member::role).toList();
  }

  /** An attempt at publishing dies when so many stores show the new data; the next one lives. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void retryCompletesTheStoresThatAreLeftInOrderThePrimaryLast(int before) throws IOException {
    dieWhenPublished(before);
    model.publish(1, 1); // comes too late if any store was published

    UpdateOutcome outcome = archive.run(update());

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(published(), equalTo(inOrder.size()));
    assertAllShowTheSame();
    assertThat(
        archive.published("wind", 1), equalTo(archive.expected("wind", 1, before == 0 ? 1 : 0)));
  }

  /** Begins anew until an attempt has died at the right operation. */
  private void dieWhenPublished(int wanted) throws IOException {
    int shorter = 0;
    int longer = 400;
    int lifetime = 1;
    assertThat(dies(archive.runJobs(update()), lifetime), equalTo(true));
    while (published() != wanted) {
      shorter = published() < wanted ? lifetime : shorter;
      longer = published() > wanted ? lifetime : longer;
      lifetime = (shorter + longer) / 2;
      begin();
      dies(archive.runJobs(update()), lifetime);
    }
  }

  private boolean dies(MergedResults results, int lifetime) throws IOException {
    archive.opener = new DisturbedProcess(stores, lifetime, Disturbance.DEATH);
    try {
      archive.publish(update().id(), results);
      return false;
    } catch (DisturbedProcess.Killed killed) {
      return true;
    } finally {
      archive.opener = stores;
    }
  }

  /** How many stores, in order, show the new extent; none after these does. */
  private int published() throws IOException {
    List<Long> extents = new ArrayList<>();
    try (StoreSet set = StoreSet.open(update().stores(), stores)) {
      for (Member member : set.members(Order.PRIMARY_LAST)) {
        extents.add(member.archive().state(member.role(), model.template()).extent());
      }
    }
    int published = extents.contains(1L) ? extents.indexOf(1L) : extents.size();
    assertThat(extents.subList(published, extents.size()).contains(2L), equalTo(false));
    return published;
  }

  @Test
  void replicaThatAStrangerChangedMeanwhileStopsEverything() throws IOException {
    MergedResults results = archive.runJobs(update());
    archive.changeByAStranger(archive.replica(1));
    List<Map<String, String>> before = contents();

    UpdateOutcome outcome = archive.publish(update().id(), results);

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(
        outcome.message(),
        containsString(archive.replica(1) + "): it was changed meanwhile: expected version"));
    assertThat(contents(), equalTo(before));
  }

  private List<Map<String, String>> contents() throws IOException {
    List<Map<String, String>> contents = new ArrayList<>();
    for (String store : inOrder) {
      contents.add(stores.content(store));
    }
    return contents;
  }
}
