package dev.firn.io.icechunk;

import dev.firn.io.Origin;
import dev.firn.io.icechunk.RepositoryFiles.StoredRepo;
import dev.firn.io.icechunk.format.ChunkId;
import dev.firn.io.icechunk.format.OperationsLog;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.Update;
import dev.firn.io.object.ClockDrift;
import dev.firn.io.object.PutCondition;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Changes the repo info file, the one object of a repository that changes (specification, "Updates
 * to the repo info file"): reads it, applies a {@link RepoChange}, keeps a copy of the old file
 * below {@code overwritten/}, and replaces the file if it is still the one that was read. Where
 * another writer was faster, all of it is done again.
 *
 * <p>The new file names the copy of the old one, whose name is random. So whether a put was done
 * whose reply is lost or says otherwise is read from the operations log, whatever the change is.
 */
final class RepoUpdates {
  /** 3000-01-01, in milliseconds since 1970. */
  private static final long YEAR_3000 = 32_503_680_000_000L;

  private static final int MILLIS_DIGITS = 14;

  private final RepositoryFiles files;
  private final RepositorySettings settings;
  private final BiConsumer<RepoInfo, Origin> permission;

  RepoUpdates(RepositoryFiles files, RepositorySettings settings) {
    this(files, settings, WritePermission::require);
  }

  private RepoUpdates(
      RepositoryFiles files, RepositorySettings settings, BiConsumer<RepoInfo, Origin> permission) {
    this.files = files;
    this.settings = settings;
    this.permission = permission;
  }

  /** As this, but of repositories that are not online too: their status can be changed. */
  RepoUpdates whateverTheStatus() {
    return new RepoUpdates(files, settings, WritePermission::requireKnownFlags);
  }

  /**
   * Makes a change.
   *
   * @return the repository with it, and whatever others changed since
   */
  RepoInfo apply(RepoChange change) throws IOException {
    List<String> tried = new ArrayList<>();
    for (int attempt = 1; ; attempt++) {
      try {
        Optional<RepoInfo> made = attempt(change, tried, attempt);
        if (made.isPresent()) {
          return made.get();
        }
        settings.retries().awaitAfterRace(attempt, settings.random());
      } catch (IOException failed) {
        if (tried.isEmpty()) {
          throw failed;
        }
        if (attempt > settings.retries().tries()) {
          throw new CommitStateUnknownException(files.store().url(), failed);
        }
        settings.retries().await(attempt, settings.random());
      }
    }
  }

  private Optional<RepoInfo> attempt(RepoChange change, List<String> tried, int attempt)
      throws IOException {
    StoredRepo stored = files.requireRepo();
    if (isMade(tried, stored.info())) {
      return Optional.of(stored.info());
    }
    if (attempt > settings.retries().tries()) {
      throw new ConflictException(
          "Cannot change "
              + files.origin(RepositoryFiles.REPO)
              + ": other writers were faster "
              + tried.size()
              + " times");
    }
    permission.accept(stored.info(), files.origin(RepositoryFiles.REPO));
    RepoChange.Changed changed = change.apply(stored.info());
    return replace(stored, changed, tried);
  }

  /** Replaces the file; empty when it is not the one that was read any more. */
  private Optional<RepoInfo> replace(
      StoredRepo stored, RepoChange.Changed changed, List<String> tried) throws IOException {
    RepositoryConfig config = RepositoryConfig.of(changed.info(), files);
    OperationsLog log = stored.info().log();
    String backup = backupName();
    Update update =
        new Update(changed.update(), settings.after(log.updates().get(0).at()), Optional.empty());
    RepoInfo info = changed.info().withLog(appended(log, update, backup, config.updatesPerFile()));
    byte[] file = info.toBytes(config.zstdLevel());
    ClockDrift.put(
        settings.clock(),
        files.store(),
        RepositoryFiles.OVERWRITTEN.resolve(backup),
        stored.object().bytes());
    tried.add(backup);
    PutCondition unchanged = PutCondition.matches(stored.object().stat().etag());
    return files.store().putIf(RepositoryFiles.REPO, file, unchanged).map(stat -> info);
  }

  /** Whether one of the tries was made: the log then names its copy of the file before. */
  private boolean isMade(List<String> tried, RepoInfo now) throws IOException {
    RepoInfo info = now;
    while (!tried.isEmpty()) {
      Optional<String> before = info.log().before();
      if (before.filter(tried::contains).isPresent()
          || info.log().updates().stream()
              .anyMatch(update -> update.backupPath().filter(tried::contains).isPresent())) {
        return true;
      }
      Optional<RepoInfo> older =
          before.isPresent() && mayBeOlder(info, tried)
              ? files.overwritten(before.get())
              : Optional.empty();
      if (older.isEmpty()) {
        return false;
      }
      info = older.get();
    }
    return false;
  }

  /** Whether the first try may be older than all updates that {@code info} lists. */
  private static boolean mayBeOlder(RepoInfo info, List<String> tried) {
    List<Update> updates = info.log().updates();
    Instant oldest = updates.get(updates.size() - 1).at();
    return oldest.toEpochMilli() >= millisOf(tried.get(0));
  }

  /** The log with one update more, and at most about {@code limit} in all. */
  static OperationsLog appended(OperationsLog log, Update update, String backup, int limit) {
    List<Update> updates = new ArrayList<>();
    updates.add(update);
    List<Update> older = new ArrayList<>(log.updates());
    Update latest = older.get(0);
    older.set(0, new Update(latest.type(), latest.at(), Optional.of(backup)));
    for (Update next : older) {
      // An update without a copy of the file before cannot begin an older file.
      if (updates.size() >= limit && next.backupPath().isPresent()) {
        return new OperationsLog(updates, next.backupPath());
      }
      updates.add(next);
    }
    return new OperationsLog(updates, log.before());
  }

  private String backupName() {
    String millis = Long.toString(YEAR_3000 - settings.clock().millis());
    String zeros = "0".repeat(Math.max(0, MILLIS_DIGITS - millis.length()));
    return "repo." + zeros + millis + "." + ChunkId.random(settings.random()).text();
  }

  private static long millisOf(String backupName) {
    return YEAR_3000 - Long.parseLong(backupName.split("\\.", 3)[1]);
  }
}
