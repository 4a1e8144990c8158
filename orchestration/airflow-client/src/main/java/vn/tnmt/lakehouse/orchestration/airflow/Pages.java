package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A listing, page by page; a page is fetched when the one before has been taken. */
final class Pages<T> implements Iterator<T> {
  /** The server's cap, unless configured otherwise. */
  static final int SIZE = 100;

  private static final int MOST_PAGES = 10_000;

  private final Transport transport;
  private final Supplier<Call> listing;
  private final String key;
  private final Class<T> type;
  private final Queue<T> page = new ArrayDeque<>();
  private JsonNode before;
  private int offset;
  private int pages;
  private boolean isLast;

  private Pages(Transport transport, Supplier<Call> listing, String key, Class<T> type) {
    this.transport = transport;
    this.listing = listing;
    this.key = key;
    this.type = type;
  }

  /** {@code listing} makes the call anew for each page; {@code key} is where the answer has it. */
  static <T> Stream<T> of(Transport transport, Supplier<Call> listing, String key, Class<T> type) {
    return stream(new Pages<>(transport, listing, key, type));
  }

  static <T> Stream<T> stream(Iterator<T> iterator) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && !isLast) {
      fetch();
    }
    return !page.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }

  private void fetch() {
    Call call = listing.get().query("limit", SIZE).query("offset", offset);
    JsonNode answer = transport.json(call);
    JsonNode items = items(call, answer, key);
    pages++;
    if ((!items.isEmpty() && items.equals(before)) || pages > MOST_PAGES) {
      throw Transport.malformed(call, "the same page again, or pages without end");
    }
    page.addAll(all(call, answer, key, type));
    before = items;
    offset += items.size();
    // A page may be shorter than asked for: the server's cap may be lower than ours.
    isLast = items.isEmpty() || answer.path("total_entries").asInt(Integer.MAX_VALUE) <= offset;
  }

  /** The list in an answer; null for it is an empty one, an answer without it is another's. */
  private static JsonNode items(Call call, JsonNode answer, String key) {
    JsonNode items = answer.path(key);
    if (items.isNull()) {
      return Json.mapper().createArrayNode();
    }
    if (!items.isArray()) {
      throw Transport.malformed(call, "an answer without " + key);
    }
    return items;
  }

  /** The whole list in an answer that is not paged. */
  static <T> List<T> all(Call call, JsonNode answer, String key, Class<T> type) {
    List<T> values = new ArrayList<>();
    for (JsonNode item : items(call, answer, key)) {
      try {
        T value = Json.mapper().treeToValue(item, type);
        if (value != null) {
          values.add(value);
        }
      } catch (JsonProcessingException e) {
        throw Transport.malformed(call, "not a " + type.getSimpleName());
      }
    }
    return values;
  }
}
