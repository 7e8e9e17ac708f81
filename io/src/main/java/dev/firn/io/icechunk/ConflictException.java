package dev.firn.io.icechunk;

import java.util.List;
import java.util.stream.Collectors;

/** A change that is not possible because of what others changed meanwhile: the message names it. */
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 20;

  private final transient List<Conflict> conflicts;

  /** Says what is not possible. */
  public ConflictException(String message) {
    super(message);
    this.conflicts = List.of();
  }

  ConflictException(String action, List<Conflict> conflicts) {
    super(action + ": " + named(conflicts));
    this.conflicts = List.copyOf(conflicts);
  }

  private static String named(List<Conflict> conflicts) {
    String first =
        conflicts.stream().limit(NAMED).map(Conflict::toString).collect(Collectors.joining(", "));
    int others = conflicts.size() - NAMED;
    return others > 0 ? first + " and " + others + " others" : first;
  }

  /** All conflicts with what others committed; none when a branch or tag was not as expected. */
  public List<Conflict> conflicts() {
    return conflicts;
  }
}
