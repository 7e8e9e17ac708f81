package dev.firn.beam;

import dev.firn.io.Origin;
import dev.firn.update.UpdateJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;

/**
 * Codes a record of the protocol as its JSON, length-prefixed: the same form the journal keeps.
 * Deterministic, since properties stand in the order of the record's components.
 */
final class JsonCoder<T> extends CustomCoder<T> {
  private static final long serialVersionUID = 1L;
  private static final Coder<byte[]> BYTES = ByteArrayCoder.of();

  private final Class<T> type;

  private JsonCoder(Class<T> type) {
    this.type = type;
  }

  static <T> JsonCoder<T> of(Class<T> type) {
    return new JsonCoder<>(type);
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    BYTES.encode(UpdateJson.write(value), out);
  }

  @Override
  public T decode(InputStream in) throws IOException {
    return UpdateJson.read(BYTES.decode(in), type, Origin.of("a pipeline element"));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonCoder<?> coder && coder.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }
}
