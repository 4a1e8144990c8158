package vn.tnmt.lakehouse.transform.receipt;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.Receipt.BrokenRule;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Counts;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Example;

/** A delivery with some of everything. */
final class SampleReceipt {
  static final BrokenRule NOT_A_NUMBER =
      new BrokenRule(
          "REC-11",
          Severity.BLOCK,
          31,
          new Words("Giá trị không phải là số", "The value is not a number"),
          new Words(
              "Ghi số với dấu chấm thập phân; để trống khi không có số liệu.",
              "Write a number with a decimal point; leave it empty when there is none."),
          List.of(
              new Example(
                  "01KK001/2026/11/22/HN_TT_01KK001_20261122083000.txt",
                  3,
                  "value",
                  "N/A",
                  "số / number"),
              new Example(
                  "01KK001/2026/11/22/HN_TT_01KK001_20261122083500.txt",
                  3,
                  "value",
                  "--",
                  "số / number"),
              new Example(
                  "01KK002/2026/11/22/HN_TT_01KK002_20261122001000.txt",
                  1,
                  "value",
                  "",
                  "số / number")));

  static final BrokenRule CUT_OFF =
      new BrokenRule(
          "REC-04",
          Severity.BLOCK,
          2,
          new Words(
              "Tệp bị cắt ngang, dòng cuối không trọn",
              "The file is cut off, its last line incomplete"),
          new Words("Gửi lại trọn tệp.", "Send the whole file again."),
          List.of(
              new Example(
                  "01KK001/2026/11/22/HN_TT_01KK001_20261122101000.txt", 5, "", "NO2\t41.", "")));

  static final BrokenRule SUSPICIOUS =
      new BrokenRule(
          "OBS-03",
          Severity.WARN,
          140,
          new Words("Giá trị đáng ngờ", "Suspicious value"),
          new Words("Kiểm tra thiết bị và hiệu chuẩn.", "Check the device and its calibration."),
          List.of());

  private SampleReceipt() {}

  static Receipt of(Counts counts, BrokenRule... rules) {
    return new Receipt(
        "3f2a90c1d47be5a80912",
        "snnmt-ha_noi",
        new Words(
            "Sở Nông nghiệp và Môi trường Thành phố Hà Nội",
            "Department of Agriculture and Environment of Hanoi"),
        FeedId.parse("snnmt-ha_noi/observation"),
        "monitoring.observation",
        new Words("Số liệu quan trắc tự động", "Automatic monitoring observations"),
        "1.0.0",
        "2026-11-22-1",
        LocalDate.of(2026, 11, 22),
        Instant.parse("2026-11-22T18:04:09Z"),
        1152,
        2_345_678,
        "9b74c9897bac770ffc029102a200c5de0cbb8f6c1f5e1b0a6e7a0d3ff1d1a0c2",
        counts,
        List.of(rules));
  }

  static Receipt partly() {
    return of(new Counts(9216, 9150, 33, 21, 12, 8), SUSPICIOUS, CUT_OFF, NOT_A_NUMBER);
  }
}
