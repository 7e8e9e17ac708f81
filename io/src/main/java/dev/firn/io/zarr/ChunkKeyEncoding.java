package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.object.ObjectPath;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * How the index of a stored chunk becomes a store key (Zarr v3 core, section "Chunk key encoding").
 *
 * @param scheme which of the two known ones
 * @param separator between the numbers
 */
public record ChunkKeyEncoding(Scheme scheme, char separator) {
  private static final List<String> SEPARATORS = List.of("/", ".");

  /** What Firn and zarr-python write: {@code c/0/1}. */
  public static final ChunkKeyEncoding DEFAULT = new ChunkKeyEncoding(Scheme.DEFAULT, '/');

  /** What comes before the numbers, and the separator where none is stated. */
  public enum Scheme {
    /** {@code c/0/1}, a scalar is {@code c}. */
    DEFAULT("default", "/"),
    /** {@code 0.1} as in Zarr v2, a scalar is {@code 0}. */
    V2("v2", ".");

    private final String zarrName;
    private final String usualSeparator;

    Scheme(String zarrName, String usualSeparator) {
      this.zarrName = zarrName;
      this.usualSeparator = usualSeparator;
    }
  }

  /** Checks the separator. */
  public ChunkKeyEncoding {
    if (!SEPARATORS.contains(String.valueOf(separator))) {
      throw new IllegalArgumentException(
          "Invalid chunk key separator '" + separator + "': expected '/' or '.'");
    }
  }

  static ChunkKeyEncoding parse(JsonNode node, Origin origin) {
    NamedConfiguration named = NamedConfiguration.parse(node, "chunk_key_encoding", origin);
    for (Scheme scheme : Scheme.values()) {
      if (scheme.zarrName.equals(named.name())) {
        JsonFields fields = named.configuration();
        fields.allowOnly(Set.of("separator"));
        String separator =
            fields.optional("separator").isPresent()
                ? fields.choice("separator", SEPARATORS, Function.identity())
                : scheme.usualSeparator;
        return new ChunkKeyEncoding(scheme, separator.charAt(0));
      }
    }
    throw new UnsupportedFeatureException("chunk key encoding '" + named.name() + "'", origin);
  }

  JsonNode toJson() {
    return NamedConfiguration.toJson(
        scheme.zarrName,
        JsonNodeFactory.instance.objectNode().put("separator", String.valueOf(separator)));
  }

  /** The store key, relative to the array, of the stored chunk at {@code index}. */
  ObjectPath storeKey(long[] index) {
    StringBuilder key = new StringBuilder(scheme == Scheme.DEFAULT ? "c" : "");
    for (long i : index) {
      if (!key.isEmpty()) {
        key.append(separator);
      }
      key.append(i);
    }
    return new ObjectPath(key.isEmpty() ? "0" : key.toString());
  }
}
