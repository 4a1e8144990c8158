package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as Airflow writes it, read leniently: what cannot be understood is null, not an error. */
final class Json {
  private Json() {}

  /** Made at the first use: building a client should cost nothing. */
  private static final class Lazy {
    static final ObjectMapper MAPPER =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .addHandler(new Lenient())
            .addModule(new SimpleModule().addDeserializer(Instant.class, new InstantReader()))
            .build();
  }

  static ObjectMapper mapper() {
    return Lazy.MAPPER;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode object(Map<String, ?> values) {
    return mapper().valueToTree(values);
  }

  /** One text for equal values: keys in order, numbers by value, no null for no object. */
  static String canonical(JsonNode node) {
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.toString();
  }

  private static void write(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      Map<String, JsonNode> ordered = new TreeMap<>();
      node.fields().forEachRemaining(field -> ordered.put(field.getKey(), field.getValue()));
      String comma = "{";
      for (Map.Entry<String, JsonNode> field : ordered.entrySet()) {
        text.append(comma).append(JsonNodeFactory.instance.textNode(field.getKey())).append(':');
        write(field.getValue(), text);
        comma = ",";
      }
      text.append(ordered.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      text.append('[');
      String comma = "";
      for (JsonNode element : node) {
        text.append(comma);
        write(element, text);
        comma = ",";
      }
      text.append(']');
    } else if (node.isNumber()) {
      BigDecimal number = node.decimalValue().stripTrailingZeros();
      text.append(number.unscaledValue()).append('e').append(-number.scale());
    } else {
      text.append(node);
    }
  }

  static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The longer texts anywhere in a piece of JSON; none where it is not JSON. */
  static List<String> texts(String json) {
    List<String> texts = new ArrayList<>();
    try {
      collect(json == null ? object() : mapper().readTree(json), texts);
    } catch (IOException notJson) {
      // Then it is one text, which the caller has.
    }
    return texts;
  }

  private static void collect(JsonNode node, List<String> texts) {
    if (node.isTextual() && node.textValue().length() >= 6) {
      texts.add(node.textValue());
    }
    node.forEach(child -> collect(child, texts));
  }

  /** With or without a zone, which is then UTC. */
  static @Nullable Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notZoned) {
      try {
        return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException notTime) {
        return null;
      }
    }
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getValueAsString();
      if (text == null) {
        parser.skipChildren();
        return null;
      }
      return instant(text);
    }
  }

  /** A field of another type than expected counts as absent. */
  private static final class Lenient extends DeserializationProblemHandler {
    @Override
    public @Nullable Object handleUnexpectedToken(
        DeserializationContext context,
        JavaType target,
        JsonToken token,
        JsonParser parser,
        String reason)
        throws IOException {
      parser.skipChildren();
      return null;
    }

    @Override
    public @Nullable Object handleMissingInstantiator(
        DeserializationContext context,
        Class<?> target,
        ValueInstantiator instantiator,
        JsonParser parser,
        String reason)
        throws IOException {
      parser.skipChildren();
      return null;
    }

    @Override
    public @Nullable Object handleInstantiationProblem(
        DeserializationContext context, Class<?> target, Object argument, Throwable problem) {
      return null;
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
        DeserializationContext context, Class<?> target, String value, String reason) {
      return null;
    }
  }
}
