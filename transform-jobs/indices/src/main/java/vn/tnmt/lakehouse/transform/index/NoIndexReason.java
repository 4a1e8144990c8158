package vn.tnmt.lakehouse.transform.index;

/**
 * Why there is no index; {@link #name()} is what {@code no_index_reason} holds in the national
 * tables.
 */
public enum NoIndexReason {
  /** Of a station without a row: what only a report can tell, which knows who should have sent. */
  NOTHING_SENT("Trạm không gửi số liệu nào trong ngày", "The station sent nothing on the day"),
  NO_DATA("Không có thông số nào dùng được", "No usable parameter at all"),
  NO_PM(
      "Không đo PM2.5 lẫn PM10; phải có ít nhất một thông số bụi (Quyết định 1459/QĐ-TCMT)",
      "Neither PM2.5 nor PM10 was measured; at least one is compulsory (Decision 1459/QĐ-TCMT)"),
  PM_INCOMPLETE(
      "Có đo bụi nhưng không đủ số giờ để tính", "Dust was measured, but for too few hours"),
  GROUP_IV_TOO_FEW(
      "Nhóm IV (hữu cơ và dinh dưỡng) có dưới 3 thông số",
      "Group IV (organic matter and nutrients) has fewer than 3 parameters"),
  GROUPS_TOO_FEW("Có dưới 3 trên 5 nhóm thông số", "Fewer than 3 of the 5 groups of parameters");

  private final String vi;
  private final String en;

  NoIndexReason(String vi, String en) {
    this.vi = vi;
    this.en = en;
  }

  public String vi() {
    return vi;
  }

  public String en() {
    return en;
  }
}
