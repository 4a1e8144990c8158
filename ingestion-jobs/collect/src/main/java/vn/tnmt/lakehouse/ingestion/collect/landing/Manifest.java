package vn.tnmt.lakehouse.ingestion.collect.landing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * A complete delivery: the content of its {@code manifest.json}.
 *
 * @param deliveryId first 20 hexadecimal digits of the SHA-256 of the feed's id, after the first of
 *     the number of its turn, and of each file's path, SHA-256 and, where it replaces a file of
 *     that path, the delivery that brought that one
 * @param publisher the publisher's id
 * @param feed the feed's name within the publisher
 * @param businessDate the night that collected it
 * @param turn its place among the deliveries of its feed
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
  "turn",
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
    Turn turn,
    String landing,
    long files,
    long bytes,
    String contentSha256,
    long indexBytes,
    List<Split> splits)
    implements Serializable {

  public static final String NAME = "manifest.json";
  public static final String INDEX = "index.tsv";

  /** The order in which deliveries are taken: no clock has a say in it. */
  public static final Comparator<Manifest> ORDER =
      Comparator.comparing((Manifest manifest) -> manifest.turn().night())
          .thenComparing(manifest -> manifest.feedId().toString())
          .thenComparing(Manifest::turn)
          .thenComparing(Manifest::landing);

  /** Property of the text's own SHA-256, taken while it is {@link #UNKNOWN}. */
  private static final String SHA256 = "sha256";

  private static final String UNKNOWN = "0".repeat(64);

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
   * @param blocks SHA-256 of each {@link Hashes#BLOCK} bytes of a file with cuts
   * @param indexSha256 of its bytes in {@code index.tsv}; empty in older manifests
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
      List<RecordReader.RowStart> cuts,
      List<String> blocks,
      String indexSha256)
      implements Serializable {

    /** Manifests without cuts are older, or of formats whose files are read as a whole. */
    public Split {
      cutBy = Objects.requireNonNullElse(cutBy, "");
      cuts = List.copyOf(Objects.requireNonNullElse(cuts, List.of()));
      blocks = List.copyOf(Objects.requireNonNullElse(blocks, List.of()));
      indexSha256 = Objects.requireNonNullElse(indexSha256, "");
    }

    public Split(
        String object, long offset, long length, long indexOffset, long indexLength, long files) {
      this(object, offset, length, indexOffset, indexLength, files, "", List.of(), List.of(), "");
    }

    /** The same, with where its file can be cut and what its blocks are. */
    public Split cutBy(String mark, Cuts.Copied copied) {
      return new Split(
          object,
          offset,
          length,
          indexOffset,
          indexLength,
          files,
          mark,
          copied.cuts(),
          copied.blocks(),
          indexSha256);
    }

    /** The same, with the hash of its lines in the index. */
    public Split indexed(String sha256) {
      return new Split(
          object, offset, length, indexOffset, indexLength, files, cutBy, cuts, blocks, sha256);
    }
  }

  /** Older manifests have no turn: theirs is before all that have. */
  public Manifest {
    turn = Objects.requireNonNullElseGet(turn, () -> new Turn(businessDate, 0));
  }

  /** The feed that it is of. */
  public FeedId feedId() {
    return new FeedId(publisher, feed);
  }

  public byte[] toJson() {
    try {
      ObjectNode json = JSON.valueToTree(this);
      String text = JSON.writeValueAsString(json.put(SHA256, UNKNOWN));
      return text.replace(UNKNOWN, hash(text)).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "manifest not written", landing, "", e);
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws TnmtException {@code TNMT-1003} when it is not as it was written
   */
  static Manifest read(String key, byte[] bytes) {
    try {
      ObjectNode json = JSON.readValue(bytes, ObjectNode.class);
      JsonNode said = json.remove(SHA256);
      if (said != null) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!hash(text.replace(said.asText(), UNKNOWN)).equals(said.asText())) {
          throw damaged(key, null);
        }
      }
      return JSON.treeToValue(json, Manifest.class);
    } catch (IOException | NullPointerException | IllegalArgumentException e) {
      throw damaged(key, e);
    }
  }

  private static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static TnmtException damaged(String key, @Nullable Exception cause) {
    return TnmtException.of(
        ErrorCode.DELIVERY_DAMAGED,
        "bản kê lần gửi hỏng / the delivery's manifest is damaged",
        key,
        "restore it from a backup, or delete the folder to collect the delivery again",
        cause);
  }
}
