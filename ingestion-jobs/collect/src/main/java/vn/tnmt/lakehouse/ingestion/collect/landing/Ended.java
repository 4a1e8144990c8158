package vn.tnmt.lakehouse.ingestion.collect.landing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * That the bytes of a delivery are no longer kept: the content of its {@code ended.json}, which is
 * written before the first of them goes. Manifest and index stay, so that its files are known as
 * received.
 *
 * @param at since when
 * @param by what ended them
 * @param why the rule or the reason, in words
 */
public record Ended(Instant at, By by, String why) {
  static final String NAME = "ended.json";

  private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  /** What ends the bytes of a delivery. */
  public enum By {
    RETENTION("hết hạn lưu", "by retention"),
    ERASURE("bị xoá theo yêu cầu", "by erasure");

    private final String vi;
    private final String en;

    By(String vi, String en) {
      this.vi = vi;
      this.en = en;
    }
  }

  /** One line for people. */
  public String told() {
    LocalDate day = at.atZone(VIETNAM).toLocalDate();
    return "tệp gốc đã %s ngày %s / the delivered bytes ended on %s %s: %s"
        .formatted(by.vi, day, day, by.en, why);
  }

  /** What somebody is told who wants the bytes. */
  public TnmtException error(String folder) {
    return TnmtException.of(
        ErrorCode.DELIVERY_ENDED,
        told(),
        folder,
        "the counts of ops.delivery stay; only the publisher can send the files again");
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "an end was not written", "", "", e);
    }
  }

  static Ended read(String key, byte[] json) {
    try {
      return JSON.readValue(json, Ended.class);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.DELIVERY_DAMAGED,
          "không đọc được ghi chú kết thúc / the note on a delivery's end cannot be read",
          key,
          "restore it from a backup, or delete it: the next retention writes it anew",
          e);
    }
  }
}
