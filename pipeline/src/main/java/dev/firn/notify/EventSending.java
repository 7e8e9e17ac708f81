package dev.firn.notify;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sends events to all of some targets. */
final class EventSending implements AutoCloseable {
  private final List<EventTarget> targets;

  private EventSending(List<EventTarget> targets) {
    this.targets = targets;
  }

  static EventSending to(List<String> urls) {
    return new EventSending(urls.stream().map(EventTarget::open).toList());
  }

  boolean isAny() {
    return !targets.isEmpty();
  }

  /** Sends an event to each target, and says why some did not take it, if so. */
  Optional<String> send(OutgoingEvent event) {
    String failures =
        targets.stream()
            .flatMap(target -> failure(target, event).stream())
            .collect(Collectors.joining("; "));
    return Stream.of(failures).filter(text -> !text.isEmpty()).findFirst();
  }

  private static Optional<String> failure(EventTarget target, OutgoingEvent event) {
    try {
      target.send(event);
      return Optional.empty();
    } catch (IOException failed) {
      return Optional.of(failed.getMessage());
    }
  }

  @Override
  public void close() {
    targets.forEach(EventTarget::close);
  }
}
