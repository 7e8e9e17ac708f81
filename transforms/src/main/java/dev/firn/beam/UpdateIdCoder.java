package dev.firn.beam;

import dev.firn.update.UpdateId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Codes an {@link UpdateId} as three strings: dataset, store, job. A key, so deterministic. */
final class UpdateIdCoder extends AtomicCoder<UpdateId> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  @Override
  public void encode(UpdateId id, OutputStream out) throws IOException {
    TEXT.encode(id.dataset(), out);
    TEXT.encode(id.store(), out);
    TEXT.encode(id.job(), out);
  }

  @Override
  public UpdateId decode(InputStream in) throws IOException {
    return new UpdateId(TEXT.decode(in), TEXT.decode(in), TEXT.decode(in));
  }
}
