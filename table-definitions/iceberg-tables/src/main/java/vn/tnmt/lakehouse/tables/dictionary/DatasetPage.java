package vn.tnmt.lakehouse.tables.dictionary;

import static vn.tnmt.lakehouse.tables.dictionary.Markdown.code;
import static vn.tnmt.lakehouse.tables.dictionary.Markdown.row;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Kind;
import vn.tnmt.lakehouse.tables.contract.Reference;
import vn.tnmt.lakehouse.tables.contract.ServiceLevel;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;

/** The dictionary's page of one dataset. */
final class DatasetPage {
  private static final String CODE_LISTS = "../../table-definitions/code-lists/";

  private final Contract contract;
  private final Map<String, Computation> computed;
  private final StringBuilder text = new StringBuilder(Dictionary.NOTICE);

  private DatasetPage(Contract contract, Map<String, Computation> computed) {
    this.contract = contract;
    this.computed = computed;
  }

  static String of(Contract contract, Map<String, Computation> computed) {
    DatasetPage page = new DatasetPage(contract, computed);
    page.head();
    page.facts();
    page.policies();
    page.columns();
    page.rules();
    return page.text.toString();
  }

  static String zone(Kind kind) {
    return switch (kind) {
      case STANDARD -> "Dữ liệu chuẩn / Standard";
      case NATIONAL -> "Dữ liệu quốc gia / National";
      case OPS -> "Sổ vận hành / Operations ledger";
    };
  }

  private void head() {
    text.append("# ").append(contract.titleVi()).append(" (").append(code(contract.dataset()));
    text.append(")\n\n*").append(contract.titleEn()).append("*\n\n");
    text.append(contract.descriptionVi()).append("\n\n*");
    text.append(contract.descriptionEn()).append("*\n\n");
  }

  private void facts() {
    text.append("| | |\n|---|---|\n");
    fact("Vùng / Zone", zone(contract.kind()));
    fact("Phiên bản quy chuẩn / Contract version", contract.version());
    fact("Khóa / Key", codes(contract.key()));
    fact("Phân vùng / Partitioning", codes(contract.partitioning()));
    fact("Thứ tự sắp xếp / Sort order", codes(contract.sortOrder()));
    if (contract.kind() == Kind.STANDARD) {
      fact(
          "Bản ghi như đơn vị gửi / As delivered",
          code(TableDefinition.rawName(contract.dataset())));
    }
    lineage();
    fact("Căn cứ / Legal basis", String.join("<br>", contract.legalBasis()));
    fact(
        "Mức dịch vụ / Service levels",
        contract.serviceLevels().stream()
            .map(DatasetPage::serviceLevel)
            .collect(Collectors.joining("<br>")));
  }

  /** What it is computed from, and what is computed from it. */
  private void lineage() {
    Computation own = computed.get(contract.dataset());
    if (own != null) {
      fact("Tính từ / Computed from", links(own.inputs().stream()));
    }
    fact(
        "Dùng để tính / Used to compute",
        links(
            computed.entrySet().stream()
                .filter(other -> other.getValue().inputs().contains(contract.dataset()))
                .map(Map.Entry::getKey)
                .sorted()));
  }

  private static String links(Stream<String> datasets) {
    return datasets.map(DatasetPage::link).collect(Collectors.joining("<br>"));
  }

  private static String link(String dataset) {
    return "[" + dataset + "](" + dataset + ".md)";
  }

  private void policies() {
    Computation own = computed.get(contract.dataset());
    if (own == null || own.policies().isEmpty()) {
      return;
    }
    text.append("\n## Tham số tính toán / Policies\n\n")
        .append("Đổi một tham số thì đêm sau tính lại toàn bộ tập dữ liệu / when one changes, the")
        .append(" next night computes the whole dataset anew:\n\n")
        .append("| Tham số / Setting | Giá trị / Values | Mặc định / Default")
        .append(" | Ý nghĩa / Meaning | Nguồn / Source |\n|---|---|---|---|---|\n");
    for (Computation.Policy policy : own.policies()) {
      text.append(
          row(
              code(policy.setting().key()),
              policy.setting().type().described(),
              code(policy.setting().defaultValue()),
              "**%s.**<br>*%s. %s*"
                  .formatted(policy.titleVi(), policy.titleEn(), policy.setting().description()),
              policy.sourceVi() + "<br>*" + policy.sourceEn() + "*"));
    }
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      text.append(row(name, value));
    }
  }

  private static String serviceLevel(ServiceLevel level) {
    String name =
        switch (level.property()) {
          case "retention" -> "thời gian lưu / retention";
          case "frequency" -> "chu kỳ / frequency";
          case "latency" -> "độ trễ / latency";
          default -> level.property();
        };
    return (name + ": " + level.value() + " " + level.unit()).strip();
  }

  private void columns() {
    text.append("\n## Cột / Columns\n\n")
        .append("| Cột / Column | Kiểu / Type | Đơn vị / Unit | Bắt buộc / Required")
        .append(" | Riêng tư / Privacy | Ý nghĩa / Meaning |\n|---|---|---|---|---|---|\n");
    for (Column column : contract.columns()) {
      text.append(
          row(
              code(column.name()),
              column.physicalType().contains("<")
                  ? code(column.physicalType())
                  : column.physicalType(),
              column.unit(),
              column.required() ? "có / yes" : "",
              column.privacy(),
              meaning(column)));
    }
    if (contract.kind() == Kind.STANDARD) {
      text.append("\nMỗi dòng còn mang nguồn gốc / each row also carries its origin: ")
          .append(
              TableDefinition.provenance(contract).stream()
                  .map(field -> code(field.name()))
                  .collect(Collectors.joining(", ")))
          .append(".\n");
    }
  }

  private String meaning(Column column) {
    StringBuilder meaning = new StringBuilder("**").append(column.titleVi()).append(".**");
    if (!column.descriptionVi().isEmpty()) {
      meaning.append(' ').append(column.descriptionVi());
    }
    meaning.append("<br>*").append(column.titleEn()).append('.');
    if (!column.descriptionEn().isEmpty()) {
      meaning.append(' ').append(column.descriptionEn());
    }
    meaning.append('*');
    for (RuleSpec rule : contract.rules()) {
      if (rule.column().equals(column.name()) && rule.kind() == RuleKind.CODE_LIST) {
        String list = rule.text("list");
        meaning
            .append("<br>Danh mục / Code list: [")
            .append(list)
            .append("](")
            .append(CODE_LISTS)
            .append(list)
            .append(".csv)");
      }
    }
    for (Reference reference : contract.references()) {
      if (reference.column().equals(column.name())) {
        meaning
            .append("<br>Tham chiếu / Refers to: ")
            .append(link(reference.dataset()))
            .append(' ')
            .append(code(reference.targetColumn()));
      }
    }
    return meaning.toString();
  }

  private void rules() {
    if (contract.rules().isEmpty()) {
      return;
    }
    text.append("\n## Quy tắc / Rules\n\n")
        .append("Ngoài [quy tắc chung](rules.md) / besides the [common rules](rules.md):\n\n")
        .append("| Mã / Code | Mức độ / Severity | Cột / Column | Điều kiện / Condition")
        .append(
            " | Sai gì và cần làm gì / What is wrong and what to do |\n|---|---|---|---|---|\n");
    for (RuleSpec rule : contract.rules()) {
      text.append(
          row(
              code(rule.code()),
              Dictionary.severity(rule.severity()),
              code(rule.column()),
              code(declaration(rule)),
              Dictionary.message(rule.text())));
    }
  }

  /** The rule as the contract declares it. */
  private static String declaration(RuleSpec rule) {
    return rule.kind().yamlName()
        + rule.arguments().entrySet().stream()
            .map(argument -> argument.getKey() + ": " + value(argument.getValue()))
            .collect(Collectors.joining(", ", " {", "}"))
            .replace(" {}", "");
  }

  private static String value(Object value) {
    return value instanceof Double number && number == Math.rint(number)
        ? String.format(Locale.ROOT, "%.0f", number)
        : value.toString();
  }

  private static String codes(List<String> names) {
    return names.stream().map(Markdown::code).collect(Collectors.joining(", "));
  }
}
