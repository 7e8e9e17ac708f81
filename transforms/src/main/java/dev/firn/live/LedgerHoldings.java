package dev.firn.live;

import dev.firn.dataset.DatasetSpec;
import dev.firn.update.ArrivedFile;
import dev.firn.update.Ledger;
import dev.firn.update.Region;
import dev.firn.update.SourceFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What an archive's ledger says it has. */
public record LedgerHoldings(DatasetSpec spec, Ledger ledger) implements Holdings {

  @Override
  public boolean has(SourceFile file, ArrivedFile version) throws IOException {
    return ledger.knows(file, version);
  }

  @Override
  public List<SourceFile> files(long position, Instant now) {
    return ledger.files(only(position), now);
  }

  @Override
  public List<SourceFile> missing(long position, Instant now) throws IOException {
    return ledger.holes(only(position), now);
  }

  private Region only(long position) {
    return new Region(position / spec.chunkSizes().appendShardLength(), position, position + 1);
  }
}
