package vn.tnmt.lakehouse.transform.page;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fixed texts of a page, in both languages, from a YAML resource of {@code key: [Vietnamese,
 * English]}. In a template: {@code {{t.key}}}.
 */
public final class Texts implements Mustache.CustomContext {
  private final Map<String, Words> byKey;

  private Texts(Map<String, Words> byKey) {
    this.byKey = byKey;
  }

  /** Reads {@code resource}, found beside {@code owner}. */
  public static Texts load(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "No resource " + resource + " beside " + owner.getName());
      }
      Map<String, List<String>> pairs =
          new YAMLMapper().readValue(in, new TypeReference<Map<String, List<String>>>() {});
      Map<String, Words> byKey = new HashMap<>();
      pairs.forEach((key, pair) -> byKey.put(key, new Words(pair.get(0), pair.get(1))));
      return new Texts(byKey);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  /** The text of {@code key} with {@code {0}} … replaced by {@code values}. */
  public Words say(String key, Words... values) {
    return find(key).fill(values);
  }

  /**
   * The text for {@code count} things: English takes {@code key-one} when there is exactly one and
   * such a text exists. {@code {0}} is the count.
   */
  public Words count(String key, long count, Words... more) {
    Words[] values = new Words[more.length + 1];
    values[0] = Figures.whole(count);
    System.arraycopy(more, 0, values, 1, more.length);
    return say(count == 1 && byKey.containsKey(key + "-one") ? key + "-one" : key, values);
  }

  public boolean has(String key) {
    return byKey.containsKey(key);
  }

  @Override
  public Object get(String key) {
    return find(key);
  }

  private Words find(String key) {
    Words words = byKey.get(key);
    if (words == null) {
      throw new IllegalArgumentException("No text '" + key + "'");
    }
    return words;
  }
}
