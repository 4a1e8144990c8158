package vn.tnmt.lakehouse.ingestion.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Which feed it is. As text, and so in JSON, {@code publisher/feed}; neither part has a slash.
 *
 * @param publisher the publisher's id
 * @param name the feed's name within the publisher
 */
public record FeedId(String publisher, String name) implements Comparable<FeedId>, Serializable {
  /**
   * The id that a text is.
   *
   * @throws TnmtException {@code TNMT-5004} when it is not {@code publisher/feed}
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static FeedId parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "không phải mã nguồn cấp / not the id of a feed '" + text + "'",
          "feed",
          "write publisher/feed, as ./tnmt feeds list does");
    }
    return new FeedId(parts[0], parts[1]);
  }

  /** In the order of the texts. */
  @Override
  public int compareTo(FeedId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  @JsonValue
  public String toString() {
    return publisher + "/" + name;
  }
}
