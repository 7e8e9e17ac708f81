package dev.firn.io.object;

/**
 * Stands between Firn and every store that its process opens: to measure requests, to trace them,
 * or to disturb them. {@link ObjectStores} finds decorators as services on the class path ({@link
 * java.util.ServiceLoader}); Firn itself has none.
 */
public interface StoreDecorator {

  /** The store to use instead of {@code store}; closing it closes that. */
  ObjectStore decorate(ObjectStore store);
}
