package vn.tnmt.lakehouse.tables.contract;

import java.util.List;
import java.util.Map;

/** Small contracts for tests. */
public final class ContractTexts {
  private ContractTexts() {}

  /**
   * A contract of dataset {@code demo.thing}.
   *
   * @param columns {@code name type [required|key]}
   */
  public static Contracts thing(String... columns) {
    return laidOut(List.of(), List.of(), columns);
  }

  public static Contracts laidOut(
      List<String> partitioning, List<String> sortOrder, String... columns) {
    return Contracts.of(
        Map.of("demo/thing.yaml", yaml(partitioning, sortOrder, List.of(), columns)));
  }

  /**
   * A contract as YAML.
   *
   * @param rules {@code quality} entries of the schema, each a YAML flow mapping
   */
  public static String yaml(
      List<String> partitioning, List<String> sortOrder, List<String> rules, String... columns) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: demo.thing
            version: 1.0.0
            status: active
            domain: demo
            schema:
              - name: thing
                physicalName: demo.thing
                businessName: Vật
                description: Dùng để thử.
                customProperties:
                  - {property: zone, value: standard}
                  - {property: titleEn, value: Thing}
                  - {property: descriptionEn, value: For tests.}
                  - {property: partitioning, value: %s}
                  - {property: sortOrder, value: %s}
            """
                .formatted(quoted(partitioning), quoted(sortOrder)));
    if (!rules.isEmpty()) {
      text.append("    quality:\n");
      rules.forEach(rule -> text.append("      - ").append(rule).append('\n'));
    }
    text.append("    properties:\n");
    int position = 0;
    for (String column : columns) {
      String[] parts = column.split(" ", -1);
      boolean key = parts.length > 2 && parts[2].equals("key");
      text.append("      - name: ").append(parts[0]).append('\n');
      text.append("        businessName: Cột ").append(parts[0]).append('\n');
      text.append("        logicalType: ")
          .append(LogicalType.odcsName(PhysicalType.parse(parts[1])))
          .append('\n');
      text.append("        physicalType: ").append(parts[1]).append('\n');
      text.append("        required: ").append(parts.length > 2).append('\n');
      text.append("        primaryKey: ").append(key).append('\n');
      if (key) {
        text.append("        primaryKeyPosition: ").append(++position).append('\n');
      }
      text.append("        classification: P0\n");
      text.append("        customProperties: [{property: titleEn, value: Column}]\n");
    }
    return text.toString();
  }

  private static String quoted(List<String> items) {
    return items.stream().map(item -> "\"" + item + "\"").toList().toString();
  }
}
