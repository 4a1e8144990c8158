package vn.tnmt.lakehouse.orchestration.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vn.tnmt.lakehouse.transform.maintain.Health.TableHealth;
import vn.tnmt.lakehouse.transform.maintain.Maintenance;

/** What maintenance prints for people. */
final class MaintenanceText {
  private MaintenanceText() {}

  static String of(Maintenance.Done done) {
    StringBuilder out = new StringBuilder();
    done.releases()
        .forEach(release -> out.append(release).append(": hết hạn giữ / is no longer kept\n"));
    if (!done.tables().isEmpty()) {
      TextTable table = new TextTable("TABLE", "TAGS", "SNAPSHOTS");
      done.tables().forEach(line -> table.row(line.table(), line.tags(), line.snapshots()));
      out.append(table.render());
    }
    done.compacted().forEach(line -> out.append(line).append('\n'));
    done.orphans()
        .forEach(
            line ->
                out.append(
                    "%s: %d đối tượng mồ côi, %d byte / orphaned objects, bytes%n"
                        .formatted(line.table(), line.objects(), line.bytes())));
    done.notes().forEach(note -> out.append(note).append('\n'));
    if (done.isNothing()) {
      out.append("không có gì để bảo trì / nothing to maintain\n");
    }
    if (!done.finished()) {
      out.append(
          "hết thời gian, phần còn lại làm lần sau / out of time, the rest comes another time\n");
    }
    if (done.dryRun()) {
      out.append("chưa đổi gì / nothing was changed: ./tnmt maintain\n");
    }
    return out.toString();
  }

  /** How tables stand. */
  static String health(List<TableHealth> tables) {
    TextTable table =
        new TextTable(
            "BẢNG / TABLE",
            "DÒNG / ROWS",
            "MB",
            "TỆP / FILES",
            "NHỎ / SMALL",
            "XOÁ / DELETES",
            "ẢNH CHỤP / SNAPSHOTS",
            "METADATA",
            "BẢO TRÌ SẼ / MAINTENANCE WOULD");
    tables.forEach(
        one ->
            table.row(
                one.table(),
                one.rows() == null ? "?" : one.rows(),
                String.format(Locale.ROOT, "%.1f", one.bytes() / 1e6),
                one.files(),
                one.small(),
                one.deleteFiles(),
                one.snapshots(),
                one.metadata(),
                due(one)));
    return table.render();
  }

  private static String due(TableHealth table) {
    List<String> due = new ArrayList<>();
    if (table.compact() > 0) {
      due.add("gộp %d tệp / compact %1$d files".formatted(table.compact()));
    }
    if (table.tags() > 0) {
      due.add("bỏ %d nhãn / remove %1$d tags".formatted(table.tags()));
    }
    if (table.expire() > 0) {
      due.add("bỏ %d ảnh chụp / expire %1$d snapshots".formatted(table.expire()));
    }
    if (table.orphans() != null && table.orphans() > 0) {
      due.add("xoá %d đối tượng mồ côi / delete %1$d orphans".formatted(table.orphans()));
    }
    return String.join(", ", due);
  }
}
