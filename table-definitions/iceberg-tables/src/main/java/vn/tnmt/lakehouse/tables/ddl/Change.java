package vn.tnmt.lakehouse.tables.ddl;

/**
 * One thing that would have to change in the catalogue.
 *
 * @param table the table, or the namespace
 * @param subject column and type, property and value, …
 * @param safe whether no data and no meaning are lost
 * @param why reason of the verdict, Vietnamese and English
 */
public record Change(Kind kind, String table, String subject, boolean safe, String why) {
  /** What is changed. */
  public enum Kind {
    CREATE_NAMESPACE("tạo không gian tên / create namespace"),
    CREATE_TABLE("tạo bảng / create table"),
    REPLACE_EMPTY_TABLE("thay bảng chưa có dữ liệu / replace table without data"),
    ADD_COLUMN("thêm cột / add column"),
    DROP_COLUMN("xóa cột / drop column"),
    CHANGE_TYPE("đổi kiểu / change type"),
    CHANGE_COMMENT("đổi chú thích / change comment"),
    RELAX_COLUMN("cho phép trống / make optional"),
    REQUIRE_COLUMN("bắt buộc có giá trị / make required"),
    CHANGE_KEY("đổi khóa / change key"),
    CHANGE_PARTITIONING("đổi phân vùng / change partitioning"),
    CHANGE_SORT_ORDER("đổi thứ tự sắp xếp / change sort order"),
    SET_PROPERTY("đặt thuộc tính / set property");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** One line for people. */
  String render() {
    String line =
        (safe ? "  + " : "  ! ")
            + kind.text
            + ": "
            + table
            + (subject.isEmpty() ? "" : " ")
            + subject;
    return why.isEmpty() ? line : line + "\n      " + why;
  }
}
