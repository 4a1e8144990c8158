package vn.tnmt.lakehouse.ingestion.collect.landing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * A complete delivery: the content of its {@code manifest.json}.
 *
 * @param deliveryId first 20 hexadecimal digits of the SHA-256 of the feed's id and of each file's
 *     path, SHA-256 and, where it replaces a file of that path, the delivery that brought that one
 * @param publisher the publisher's id
 * @param feed the feed's name within the publisher
 * @param businessDate the night that collected it
 * @param landing the delivery's folder, a key without a slash at its end
 * @param contentSha256 SHA-256 of all paths and SHA-256 of files: the same content, the same value
 * @param indexBytes size of {@code index.tsv}
 * @param splits the delivery in pieces that can be read in parallel, in the order of the paths
 */
@JsonPropertyOrder({
  "deliveryId",
  "publisher",
  "feed",
  "dataset",
  "businessDate",
  "receivedAt",
  "landing",
  "files",
  "bytes",
  "contentSha256",
  "indexBytes",
  "splits"
})
public record Manifest(
    String deliveryId,
    String publisher,
    String feed,
    String dataset,
    LocalDate businessDate,
    Instant receivedAt,
    String landing,
    long files,
    long bytes,
    String contentSha256,
    long indexBytes,
    List<Split> splits)
    implements Serializable {

  public static final String NAME = "manifest.json";
  public static final String INDEX = "index.tsv";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * A run of files that lie one behind the other, in the index as in the object.
   *
   * @param object name of the object in the delivery's folder
   * @param offset first byte in the object
   * @param length bytes in the object
   * @param indexOffset first byte in {@code index.tsv}
   * @param indexLength bytes in {@code index.tsv}
   * @param files number of files
   * @param cutBy what the cuts were made by, see {@link Cuts#by}; empty when there are none
   * @param cuts where the one file of the split can be cut into stretches that are read in parallel
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Split(
      String object,
      long offset,
      long length,
      long indexOffset,
      long indexLength,
      long files,
      String cutBy,
      List<RecordReader.RowStart> cuts)
      implements Serializable {

    /** Manifests without cuts are older, or of formats whose files are read as a whole. */
    public Split {
      cutBy = Objects.requireNonNullElse(cutBy, "");
      cuts = List.copyOf(Objects.requireNonNullElse(cuts, List.of()));
    }

    public Split(
        String object, long offset, long length, long indexOffset, long indexLength, long files) {
      this(object, offset, length, indexOffset, indexLength, files, "", List.of());
    }
  }

  /** The feed that it is of. */
  public FeedId feedId() {
    return new FeedId(publisher, feed);
  }

  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "manifest not written", landing, "", e);
    }
  }

  static Manifest read(String key, InputStream json) {
    try {
      return JSON.readValue(json, Manifest.class);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.DELIVERY_DAMAGED,
          "bản kê lần gửi hỏng / the delivery's manifest is damaged",
          key,
          "restore it from a backup, or delete the folder to collect the delivery again",
          e);
    }
  }
}
