package dev.firn.update;

import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoreDecorator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Halts this JVM just before one of its operations on stores, as if it had lost its power: no
 * handler, no hook, no other thread does anything more. Where it is on the class path as a service,
 * system properties say when:
 *
 * <ul>
 *   <li>{@code firn.halt.below}: the URL below which operations count; without it none do
 *   <li>{@code firn.halt.log}: the file in which each of them becomes a line, {@code VERB URL}
 *   <li>{@code firn.halt.at}: the number of the operation, from 1; without it there is no halt
 * </ul>
 */
public final class HaltingStores implements StoreDecorator, WatchedStore.Watch {
  /** The exit code of a halted JVM. */
  private static final int HALTED = 99;

  private final String below = System.getProperty("firn.halt.below", "nothing");
  private final Path log = Path.of(System.getProperty("firn.halt.log", ""));
  private final int last = Integer.getInteger("firn.halt.at", Integer.MAX_VALUE);
  private int operations;

  @Override
  public ObjectStore decorate(ObjectStore store) {
    return new WatchedStore(store, store.url(), this);
  }

  @Override
  public <T> T operate(WatchedStore.Verb verb, String url, WatchedStore.Operation<T> operation)
      throws IOException {
    if (url.startsWith(below)) {
      count(verb + " " + url + "\n");
    }
    return operation.run();
  }

  private synchronized void count(String line) throws IOException {
    Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    operations++;
    if (operations == last) {
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
