package vn.tnmt.lakehouse.ingestion.format.parquet;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.KIND_NOT_READ;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PASSED_OVER;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * The columns of a file that can be read. One that cannot, encrypted or packed in a way that is not
 * known here, costs nothing but itself unless the feed uses it.
 *
 * @param schema of the columns to read
 * @param refused columns that the feed uses and that cannot be read
 * @param told of columns that are left out
 */
record ParquetColumns(MessageType schema, List<Breach> refused, List<Breach> told) {
  static final String ENCRYPTED = "Parquet mã hóa / encrypted Parquet";

  static ParquetColumns of(MessageType whole, List<RowGroup> groups, Predicate<String> isUsed) {
    List<Type> readable = new ArrayList<>();
    List<Breach> refused = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    int leaf = 0;
    for (Type field : whole.getFields()) {
      int leaves = leaves(field);
      String problem = problem(groups, leaf, leaf + leaves);
      leaf += leaves;
      if (problem.isEmpty()) {
        readable.add(field);
      } else if (isUsed.test(field.getName())) {
        refused.add(KIND_NOT_READ.breach(field.getName(), problem, expected()));
      } else {
        leftOut.add(field.getName() + " (" + problem + ")");
      }
    }
    return new ParquetColumns(
        new MessageType(whole.getName(), readable),
        refused,
        leftOut.isEmpty()
            ? List.of()
            : List.of(Flaws.of(PASSED_OVER, "cột / columns: " + String.join(", ", leftOut), "")));
  }

  private static String expected() {
    return ParquetPages.CODECS.stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private static int leaves(Type type) {
    return type.isPrimitive()
        ? 1
        : type.asGroupType().getFields().stream().mapToInt(ParquetColumns::leaves).sum();
  }

  /** Why columns cannot be read; empty when they can. Groups hold them in the schema's order. */
  private static String problem(List<RowGroup> groups, int from, int to) {
    for (RowGroup group : groups) {
      int last = Math.min(to, group.getColumns().size());
      for (ColumnChunk chunk : group.getColumns().subList(Math.min(from, last), last)) {
        ColumnMetaData data = chunk.getMeta_data();
        if (chunk.isSetCrypto_metadata() || data == null) {
          return "mã hóa / encrypted";
        }
        if (!ParquetPages.CODECS.contains(data.getCodec())) {
          return "cách nén / codec " + data.getCodec();
        }
        if (data.getEncodings() != null && data.getEncodings().contains(null)) {
          return "cách mã hóa giá trị / encoding of values";
        }
      }
    }
    return "";
  }
}
