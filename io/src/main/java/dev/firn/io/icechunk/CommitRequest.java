package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a session's changes are committed.
 *
 * @param message the commit message
 * @param metadata the commit's properties
 * @param allowEmpty whether a commit without changes is made; otherwise it is an error
 * @param amend whether the branch's last commit is replaced
 * @param rebase what to do about conflicts when others committed meanwhile; empty: any commit of
 *     others is an error
 * @param rebases how many times at most
 */
public record CommitRequest(
    String message,
    SortedMap<String, JsonNode> metadata,
    boolean allowEmpty,
    boolean amend,
    Optional<ConflictPolicy> rebase,
    int rebases) {
  private static final int REBASES = 1000;

  /** Copies the metadata. */
  public CommitRequest {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    if (amend) {
      rebase = Optional.empty();
    }
  }

  /** A commit on top of whatever others committed, as long as nothing conflicts. */
  public static CommitRequest of(String message) {
    return new CommitRequest(
        message, new TreeMap<>(), false, false, Optional.of(ConflictPolicy.FAIL), REBASES);
  }

  /** The same with these properties. */
  public CommitRequest withMetadata(Map<String, JsonNode> newMetadata) {
    return new CommitRequest(
        message, new TreeMap<>(newMetadata), allowEmpty, amend, rebase, rebases);
  }

  /** The same, also when there are no changes. */
  public CommitRequest allowingEmpty() {
    return new CommitRequest(message, metadata, true, amend, rebase, rebases);
  }

  /** The same, replacing the branch's last commit, which must be the one the session began at. */
  public CommitRequest amending() {
    return new CommitRequest(message, metadata, allowEmpty, true, rebase, rebases);
  }

  /** The same with another way to solve conflicts. */
  public CommitRequest rebasing(ConflictPolicy policy) {
    return new CommitRequest(message, metadata, allowEmpty, amend, Optional.of(policy), rebases);
  }

  /** The same, failing when others committed meanwhile. */
  public CommitRequest withoutRebase() {
    return new CommitRequest(message, metadata, allowEmpty, amend, Optional.empty(), rebases);
  }
}
