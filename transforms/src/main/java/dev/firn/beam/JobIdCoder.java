package dev.firn.beam;

import dev.firn.update.RegionJobKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * Codes a {@link JobId} as the update, the region's number and the group's number. A key, so
 * deterministic.
 */
final class JobIdCoder extends AtomicCoder<JobId> {
  private static final long serialVersionUID = 1L;
  private static final UpdateIdCoder UPDATE = new UpdateIdCoder();
  private static final VarLongCoder REGION = VarLongCoder.of();
  private static final VarIntCoder GROUP = VarIntCoder.of();

  @Override
  public void encode(JobId id, OutputStream out) throws IOException {
    UPDATE.encode(id.update(), out);
    REGION.encode(id.job().region(), out);
    GROUP.encode(id.job().group(), out);
  }

  @Override
  public JobId decode(InputStream in) throws IOException {
    return new JobId(UPDATE.decode(in), new RegionJobKey(REGION.decode(in), GROUP.decode(in)));
  }
}
