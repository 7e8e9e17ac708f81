package dev.firn.update;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a publication makes of one store's ledger.
 *
 * @param index the name of the index that the root is to name; empty where there is no ledger
 * @param isOfRun whether this run of the update wrote that index, now or before
 * @param isFirstOfDay whether the index before was written on another day, in UTC
 * @param objects what has to be there first, by name
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record LedgerChange(
    Optional<String> index,
    boolean isOfRun,
    boolean isFirstOfDay,
    SortedMap<String, byte[]> objects) {
  /** A store whose ledger stays as it is, or that has none. */
  static LedgerChange none(Optional<String> index) {
    return new LedgerChange(index, false, false, new TreeMap<>());
  }

  /** A root group's attributes, with the name of the index among them. */
  ObjectNode namedIn(ObjectNode attributes) {
    return index.map(name -> attributes.deepCopy().put(Ledgers.ATTRIBUTE, name)).orElse(attributes);
  }
}
