package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** The ledgers of published archives. */
public final class Ledgers {
  /** The attribute of an archive's root group that names its ledger's index. */
  public static final String ATTRIBUTE = "firn_ledger";

  private Ledgers() {}

  /**
   * The ledger of what readers of a store see now; empty where there is no store yet. What it says
   * stays as it is however the archive goes on. The caller closes it.
   *
   * @param storeUrl the store itself
   */
  public static Ledger published(Template template, String storeUrl) throws IOException {
    return published(template, storeUrl, ObjectStores::open);
  }

  static Ledger published(Template template, String storeUrl, Function<String, ObjectStore> opener)
      throws IOException {
    StoreLocation location = StoreLocation.parse(storeUrl);
    try (ArchiveStore archive = ArchiveStore.open(location, opener)) {
      ArchiveView view = archive.view(archive.state(StoreRole.PRIMARY, template));
      Optional<String> name = view.attribute(ATTRIBUTE);
      LedgerReader reader = new LedgerReader(LedgerFiles.open(location, opener), name);
      return new Ledger(template.spec(), reader, extent(view, template));
    }
  }

  private static long extent(ArchiveView view, Template template) {
    ArrayMetadata append = view.arrays().get(new NodePath(template.spec().append().name()));
    return append == null ? 0 : append.shape().get(0);
  }
}
