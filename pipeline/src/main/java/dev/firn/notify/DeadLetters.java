package dev.firn.notify;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Where messages go that cannot be understood. Safe for use by many threads. */
public final class DeadLetters implements AutoCloseable {
  /** Of a letter's content in a message: with each of them escaped, it is below 256 KiB. */
  private static final int MOST_CHARACTERS = 40_000;

  private final Place place;

  private DeadLetters(Place place) {
    this.place = place;
  }

  /** One kind of place. */
  private interface Place {
    void put(DeadLetter letter) throws IOException;

    void close() throws IOException;
  }

  /**
   * The place at {@code url}: a directory, {@code file:} or {@code s3:}, where each letter is an
   * object named by a hash of its content, so that the same message is one object however often it
   * comes; or an {@link EventTarget}, to which long letters go shortened.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static DeadLetters open(String url) {
    return new DeadLetters(
        url.startsWith("file:") || url.startsWith("s3:")
            ? new Directory(ObjectStores.open(url))
            : new Target(EventTarget.open(url)));
  }

  /**
   * Puts a letter there.
   *
   * @throws IOException when that failed, naming the place
   */
  public void put(DeadLetter letter) throws IOException {
    place.put(letter);
  }

  @Override
  public void close() throws IOException {
    place.close();
  }

  private record Directory(ObjectStore store) implements Place {
    @Override
    public void put(DeadLetter letter) throws IOException {
      store.put(
          new ObjectPath(letter.id() + ".json"), letter.json().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
      store.close();
    }
  }

  private record Target(EventTarget target) implements Place {
    @Override
    public void put(DeadLetter letter) throws IOException {
      target.send(new OutgoingEvent(letter.id(), "dead-letter", letter.json(MOST_CHARACTERS)));
    }

    @Override
    public void close() {
      target.close();
    }
  }
}
