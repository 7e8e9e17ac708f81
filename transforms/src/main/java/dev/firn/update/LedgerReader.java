package dev.firn.update;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the objects of a ledger as they are needed, and keeps those of late. */
final class LedgerReader implements AutoCloseable {
  private static final int KEPT = 16;

  private final LedgerFiles files;
  private final Optional<String> name;
  private final Recent<String, LedgerContents> contents = new Recent<>();
  private final Recent<String, LedgerPage> pages = new Recent<>();

  /** The ledger whose index is called {@code name}; without one, it is empty. */
  LedgerReader(LedgerFiles files, Optional<String> name) {
    this.files = files;
    this.name = name;
  }

  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(KEPT, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > KEPT;
    }
  }

  Optional<String> name() {
    return name;
  }

  LedgerContents index() throws IOException {
    return name.isPresent() ? contents(name.get()) : LedgerContents.EMPTY;
  }

  LedgerContents chapter(long number) throws IOException {
    Optional<LedgerContents.Entry> entry = index().entry(number);
    return entry.isPresent() ? contents(entry.get().object()) : LedgerContents.EMPTY;
  }

  /** What the contents say of a region; empty where nothing was heard of it. */
  Optional<LedgerContents.Entry> entry(long region) throws IOException {
    return chapter(LedgerContents.chapter(region)).entry(region);
  }

  /** The page of a region, an empty one where nothing was heard of it; to be read only. */
  synchronized LedgerPage page(long region) throws IOException {
    Optional<LedgerContents.Entry> entry = entry(region);
    return entry.isPresent() ? page(entry.get().object()) : new LedgerPage();
  }

  private LedgerPage page(String object) throws IOException {
    LedgerPage known = pages.get(object);
    if (known == null) {
      known = LedgerDocument.parse(files.read(object), files.origin(object));
      pages.put(object, known);
    }
    return known;
  }

  private synchronized LedgerContents contents(String object) throws IOException {
    LedgerContents known = contents.get(object);
    if (known == null) {
      known = LedgerContents.parse(files.read(object), files.origin(object));
      contents.put(object, known);
    }
    return known;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
