package vn.tnmt.lakehouse.tables.dictionary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Kind;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;
import vn.tnmt.lakehouse.tables.rule.RuleText;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.tables.rule.Severity;

/** Writes the data dictionary as Markdown: a page for each dataset, the common rules, an index. */
public final class Dictionary {
  static final String NOTICE =
      "<!-- Sinh tự động bằng ./tnmt docs từ table-definitions/contracts; không sửa tay."
          + " Generated from the contracts by ./tnmt docs; do not edit. -->\n\n";

  private Dictionary() {}

  /**
   * File name → text, in the order of names.
   *
   * @param computed national dataset → how it is computed
   */
  public static Map<String, String> pages(Contracts contracts, Map<String, Computation> computed) {
    Map<String, String> pages = new TreeMap<>();
    contracts
        .all()
        .forEach(
            contract -> pages.put(contract.dataset() + ".md", DatasetPage.of(contract, computed)));
    pages.put("rules.md", commonRules());
    pages.put("README.md", index(contracts));
    return pages;
  }

  /** Makes a folder hold exactly these pages. */
  public static void write(Path folder, Map<String, String> pages) throws IOException {
    Files.createDirectories(folder);
    Set<String> names = pages.keySet();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path stale :
          files.filter(file -> !names.contains(file.getFileName().toString())).toList()) {
        Files.delete(stale);
      }
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
  }

  private static String index(Contracts contracts) {
    StringBuilder text =
        new StringBuilder(NOTICE)
            .append("# Từ điển dữ liệu\n\n*Data dictionary*\n\n")
            .append(
                "Mỗi tập dữ liệu có một trang: ý nghĩa, khóa, các cột, đơn vị, danh mục, mức riêng"
                    + " tư và quy tắc. Quy tắc chung cho mọi bản ghi: [rules.md](rules.md).\n\n"
                    + "*Each dataset has a page: meaning, key, columns, units, code lists, privacy"
                    + " and rules. Rules common to all records: [rules.md](rules.md).*\n");
    for (Kind kind : Kind.values()) {
      text.append("\n## ").append(DatasetPage.zone(kind)).append("\n\n");
      text.append("| Tập dữ liệu / Dataset | Ý nghĩa / Meaning | Khóa / Key |\n|---|---|---|\n");
      contracts.all().stream()
          .filter(contract -> contract.kind() == kind)
          .forEach(contract -> text.append(indexRow(contract)));
    }
    return text.toString();
  }

  private static String indexRow(Contract contract) {
    return Markdown.row(
        "[`" + contract.dataset() + "`](" + contract.dataset() + ".md)",
        contract.titleVi() + "<br>*" + contract.titleEn() + "*",
        contract.key().stream().map(Markdown::code).collect(Collectors.joining(", ")));
  }

  private static String commonRules() {
    StringBuilder text =
        new StringBuilder(NOTICE)
            .append("# Quy tắc chung\n\n*Rules common to all records*\n\n")
            .append(
                "Mọi bản ghi phải đọc được, dù thuộc tập dữ liệu nào. Quy tắc riêng ở trang của"
                    + " từng tập dữ liệu.\n\n"
                    + "*Every record must be readable, whatever its dataset. A dataset's own rules"
                    + " stand on its page.*\n\n")
            .append("| Mã / Code | Mức độ / Severity | Sai gì và cần làm gì / What is wrong and")
            .append(" what to do |\n|---|---|---|\n");
    List<BuiltInRules> rules = Arrays.asList(BuiltInRules.values());
    rules.forEach(
        rule ->
            text.append(
                Markdown.row(
                    Markdown.code(rule.code()),
                    severity(rule.severity()),
                    message(RuleTexts.builtIn(rule.code())))));
    return text.toString();
  }

  static String severity(Severity severity) {
    return switch (severity) {
      case BLOCK -> "chặn / block";
      case WARN -> "cảnh báo / warn";
      case NOTE -> "ghi chú / note";
    };
  }

  static String message(RuleText text) {
    return "**"
        + text.titleVi()
        + ".** "
        + text.remedyVi()
        + "<br>*"
        + text.titleEn()
        + ". "
        + text.remedyEn()
        + "*";
  }
}
