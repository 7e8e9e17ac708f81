package dev.firn.update;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.util.function.Function;

/**
 * The JSON form of the protocol's records, in the journal and between the stages of a pipeline.
 * Properties stand in the order of the records' components, so equal values have equal bytes.
 */
public final class UpdateJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(texts())
          .disable(
              SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
              SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private UpdateJson() {}

  private static SimpleModule texts() {
    SimpleModule module = new SimpleModule();
    addText(module, NodePath.class, NodePath::new);
    addText(module, ObjectPath.class, ObjectPath::new);
    addText(module, ETag.class, ETag::new);
    addText(module, RegionJobKey.class, RegionJobKey::parse);
    addText(module, StoreRole.class, StoreRole::parse);
    addText(module, ShardVersion.class, ShardVersion::new);
    return module;
  }

  private static <T> void addText(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addSerializer(type, ToStringSerializer.instance);
    module.addDeserializer(type, new TextDeserializer<>(type, parse));
  }

  private static final class TextDeserializer<T> extends FromStringDeserializer<T> {
    private final transient Function<String, T> parse;

    TextDeserializer(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) {
      return parse.apply(text);
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return parse.apply(parser.getValueAsString());
    }
  }

  /** The compact form. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException failed) {
      throw new IllegalArgumentException(
          "Cannot write " + value.getClass().getName() + " as JSON", failed);
    }
  }

  /** The form for people. */
  public static byte[] writePretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
    } catch (JsonProcessingException failed) {
      throw new IllegalArgumentException(
          "Cannot write " + value.getClass().getName() + " as JSON", failed);
    }
  }

  /**
   * Reads what {@link #write} wrote; anything else is a {@link CorruptInputException} that names
   * {@code origin}.
   */
  public static <T> T read(byte[] bytes, Class<T> type, Origin origin) {
    try {
      return MAPPER.readValue(bytes, type);
    } catch (IOException malformed) {
      throw new CorruptInputException(
          "read " + type.getSimpleName(), origin, malformed.getMessage(), malformed);
    }
  }
}
