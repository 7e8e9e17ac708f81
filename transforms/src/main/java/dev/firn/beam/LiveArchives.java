package dev.firn.beam;

import dev.firn.dataset.Template;
import dev.firn.live.Holdings;
import dev.firn.live.LedgerHoldings;
import dev.firn.live.LiveRequests;
import dev.firn.update.Ledger;
import dev.firn.update.Ledgers;
import dev.firn.update.UpdatePlanner;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The archives of a stream, as one worker sees them. */
final class LiveArchives implements AutoCloseable {
  private final Datasets datasets;
  private final WorkerSettings settings;
  private final LiveSettings live;
  private final Map<String, Archive> archives = new HashMap<>();
  private final Map<String, Ledger> ledgers = new HashMap<>();

  LiveArchives(Datasets datasets, WorkerSettings settings, LiveSettings live) {
    this.datasets = datasets;
    this.settings = settings;
    this.live = live;
  }

  /**
   * One of them.
   *
   * @param template of its dataset
   * @param stores where it is, the primary first
   * @param planner of its updates
   */
  record Archive(Template template, List<String> stores, UpdatePlanner planner) {
    LiveRequests requests() {
      return new LiveRequests(template, stores, planner);
    }
  }

  synchronized Archive of(String dataset) {
    return archives.computeIfAbsent(
        dataset,
        id -> {
          Template template = datasets.template(id);
          return new Archive(
              template,
              live.of(id),
              new UpdatePlanner(template, settings.firnVersion(), Clock.systemUTC()));
        });
  }

  /** What an archive has, as it was when this was last {@linkplain #forget forgotten}. */
  synchronized Holdings holdings(String dataset) throws IOException {
    return new LedgerHoldings(of(dataset).template().spec(), ledger(dataset));
  }

  synchronized Ledger ledger(String dataset) throws IOException {
    Ledger ledger = ledgers.get(dataset);
    if (ledger == null) {
      ledger = Ledgers.published(of(dataset).template(), of(dataset).stores().get(0));
      ledgers.put(dataset, ledger);
    }
    return ledger;
  }

  /** Sees to it that the archive is looked at anew. */
  synchronized void forget(String dataset) throws IOException {
    Ledger ledger = ledgers.remove(dataset);
    if (ledger != null) {
      ledger.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (String dataset : List.copyOf(ledgers.keySet())) {
      forget(dataset);
    }
  }
}
