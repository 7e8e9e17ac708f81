package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The stores of an update: the primary, and the replicas that are written like it. Opening does no
 * I/O.
 */
final class StoreSet implements AutoCloseable {

  /** In which order stores are gone through. */
  enum Order {
    /** To find what there is: the primary decides. */
    PRIMARY_FIRST,
    /** To change what readers see: the primary decides what a retry still has to do. */
    PRIMARY_LAST
  }

  /**
   * A store and its part.
   *
   * @param role its part
   * @param archive the store
   * @param ledger the objects of its ledger
   */
  record Member(StoreRole role, ArchiveStore archive, LedgerFiles ledger) {}

  private final List<Member> members;

  private StoreSet(List<Member> members) {
    this.members = members;
  }

  /** The stores at {@code urls}, the primary first. */
  static StoreSet open(List<String> urls, Function<String, ObjectStore> opener) {
    List<Member> members = new ArrayList<>();
    for (String url : urls) {
      StoreLocation location = StoreLocation.parse(url);
      members.add(
          new Member(
              new StoreRole(members.size()),
              ArchiveStore.open(location, opener),
              LedgerFiles.open(location, opener)));
    }
    return new StoreSet(members);
  }

  List<Member> members(Order order) {
    List<Member> ordered = new ArrayList<>(members);
    if (order == Order.PRIMARY_LAST) {
      ordered.add(ordered.remove(0));
    }
    return ordered;
  }

  /** The store that plays {@code role}. */
  Member member(StoreRole role) {
    return members.get(role.number());
  }

  ArchiveStore primary() {
    return members.get(0).archive();
  }

  /** What each store shows readers now, the primary first. */
  List<PinnedStore> state(Template template) throws IOException {
    List<PinnedStore> states = new ArrayList<>();
    for (Member member : members) {
      states.add(member.archive().state(member.role(), template));
    }
    return states;
  }

  /** Makes all stores ready for a planned update. */
  void setUp(UpdatePlan plan) throws IOException {
    for (Member member : members) {
      member.archive().setUp(plan.run(member.role()));
    }
  }

  /** Makes a shard durable in all stores, from the same bytes. */
  WrittenShard put(UpdatePlan plan, NodePath variable, ObjectPath key, List<ByteBuffer> parts)
      throws IOException {
    List<ShardCopy> copies = new ArrayList<>();
    for (Member member : members) {
      copies.add(member.archive().put(plan.run(member.role()), variable, key, parts));
    }
    long sizeBytes = parts.stream().mapToLong(ByteBuffer::remaining).sum();
    return new WrittenShard(variable, key, sizeBytes, copies);
  }

  /** Whether all copies of these shards are still there. */
  boolean holdAll(Collection<WrittenShard> shards) throws IOException {
    for (Member member : members) {
      if (!member.archive().holdsAll(member.role(), shards)) {
        return false;
      }
    }
    return true;
  }

  /** Whether others have replaced none of these shards in what {@code plan} found. */
  boolean areIntact(UpdatePlan plan, Collection<WrittenShard> shards) throws IOException {
    for (Member member : members) {
      PinnedStore pinned = plan.run(member.role()).pinned();
      if (!member.archive().overtaken(pinned, shards).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Removes what {@link #setUp} made. */
  void cleanUp(UpdatePlan plan) throws IOException {
    for (Member member : members) {
      member.archive().cleanUp(plan.run(member.role()));
    }
  }

  @Override
  public void close() throws IOException {
    for (Member member : members) {
      member.archive().close();
      member.ledger().close();
    }
  }
}
