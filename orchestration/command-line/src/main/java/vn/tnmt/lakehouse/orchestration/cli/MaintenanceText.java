package vn.tnmt.lakehouse.orchestration.cli;

import vn.tnmt.lakehouse.transform.maintain.Maintenance;

/** What maintenance prints for people. */
final class MaintenanceText {
  private MaintenanceText() {}

  static String of(Maintenance.Done done) {
    StringBuilder out = new StringBuilder();
    done.releases()
        .forEach(
            release -> out.append(release).append(": hết hạn giữ / is no longer kept\n"));
    if (!done.tables().isEmpty()) {
      TextTable table = new TextTable("TABLE", "TAGS", "SNAPSHOTS");
      done.tables().forEach(line -> table.row(line.table(), line.tags(), line.snapshots()));
      out.append(table.render());
    }
    done.compacted().forEach(line -> out.append(line).append('\n'));
    if (done.isNothing()) {
      out.append("không có gì để bảo trì / nothing to maintain\n");
    }
    if (!done.finished()) {
      out.append("hết thời gian, phần còn lại làm lần sau / out of time, the rest comes another time\n");
    }
    if (done.dryRun()) {
      out.append("chưa đổi gì / nothing was changed: ./tnmt maintain\n");
    }
    return out.toString();
  }
}
