package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.Update;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the operations log across former versions of the repo info file.
 *
 * @param files the repository
 */
record Operations(RepositoryFiles files) {

  /** All updates, the newest first, as far as the files are there. */
  List<Update> since(RepoInfo newest) throws IOException {
    List<Update> updates = new ArrayList<>(newest.log().updates());
    Optional<String> before = newest.log().before();
    while (before.isPresent()) {
      Optional<RepoInfo> older = files.overwritten(before.get());
      if (older.isEmpty()) {
        return updates;
      }
      Optional<String> file = before;
      for (Update update : older.get().log().updates()) {
        // The newest update of a file does not know the file's name yet.
        Optional<String> backup = update.backupPath().or(() -> file);
        updates.add(new Update(update.type(), update.at(), backup));
      }
      before = older.get().log().before();
    }
    return updates;
  }
}
