package vn.tnmt.lakehouse.transform.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

/** Which files are looked at: those of the partitions that were written, whatever these are. */
class TouchedFilesTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "day", Types.DateType.get()),
          Types.NestedField.optional(2, "unit", Types.StringType.get()),
          Types.NestedField.optional(3, "area", Types.DoubleType.get()));
  private static int made;

  @BeforeAll
  static void namespace() {
    ((SupportsNamespaces) LAKE.lakehouse().catalog()).createNamespace(Namespace.of("t"));
  }

  private static Table table(PartitionSpec spec) {
    return LAKE.lakehouse()
        .catalog()
        .createTable(TableIdentifier.of("t", "t" + made++), SCHEMA, spec);
  }

  private static DataFile file(PartitionSpec spec, String name, Object... partition) {
    PartitionData data = new PartitionData(spec.partitionType());
    for (int i = 0; i < partition.length; i++) {
      data.set(i, partition[i]);
    }
    return DataFiles.builder(spec)
        .withPath("s3://tnmt/" + name)
        .withFormat(FileFormat.PARQUET)
        .withPartition(data)
        .withFileSizeInBytes(1000)
        .withRecordCount(10)
        .build();
  }

  private static Snapshot append(Table table, DataFile... files) {
    AppendFiles append = table.newAppend();
    List.of(files).forEach(append::appendFile);
    append.commit();
    return table.currentSnapshot();
  }

  private static List<String> lookedAt(Table table, Snapshot since) {
    Expression where = Compaction.touched(table, table.currentSnapshot(), since);
    return Compaction.tasks(table, table.currentSnapshot(), where).stream()
        .map(task -> task.file().location().replace("s3://tnmt/", ""))
        .sorted()
        .toList();
  }

  @Test
  void monthsAndUnitsOneOfThemUnknown() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).month("day").identity("unit").build();
    Table table = table(spec);
    int march2026 = 56 * 12 + 2; // months since January 1970
    Snapshot before =
        append(
            table,
            file(spec, "march-01", march2026, "01"),
            file(spec, "april-01", march2026 + 1, "01"),
            file(spec, "march-none", march2026, null),
            file(spec, "none-none", null, null),
            file(spec, "march-null", march2026, "null"));
    append(table, file(spec, "new", march2026, "01"));
    append(table, file(spec, "newer", march2026, null));
    assertThat(lookedAt(table, before)).containsExactly("march-01", "march-none", "new", "newer");
    append(table, file(spec, "newest", null, null));
    assertThat(lookedAt(table, before))
        .containsExactly("march-01", "march-none", "new", "newer", "newest", "none-none");
  }

  @Test
  void bucketsDaysAndYears() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).bucket("unit", 16).day("day").build();
    Table table = table(spec);
    Snapshot before = append(table, file(spec, "a", 3, 20_000), file(spec, "b", 4, 20_000));
    append(table, file(spec, "c", 3, 20_000));
    assertThat(lookedAt(table, before)).containsExactly("a", "c");

    PartitionSpec years = PartitionSpec.builderFor(SCHEMA).year("day").build();
    Table yearly = table(years);
    Snapshot first = append(yearly, file(years, "2025", 55), file(years, "2026", 56));
    append(yearly, file(years, "2026-2", 56));
    assertThat(lookedAt(yearly, first)).containsExactly("2026", "2026-2");
  }

  @Test
  void aTableWithoutPartitionsAndAFirstNightAreLookedAtWhole() {
    PartitionSpec none = PartitionSpec.unpartitioned();
    Table table = table(none);
    Snapshot before = append(table, file(none, "a"));
    append(table, file(none, "b"));
    assertThat(lookedAt(table, before)).containsExactly("a", "b");

    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).identity("unit").build();
    Table first = table(spec);
    append(first, file(spec, "x", "01"), file(spec, "y", "02"));
    assertThat(
            Compaction.tasks(
                first,
                first.currentSnapshot(),
                Compaction.touched(first, first.currentSnapshot(), null)))
        .hasSize(2);
  }

  @Test
  void filesOfAnEarlierPartitioningAreLeft() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).identity("unit").build();
    Table table = table(spec);
    append(table, file(spec, "a", "01"), file(spec, "b", "01"));
    table.updateSpec().removeField("unit").addField("day").commit();
    Tiers tiers = new Tiers(2, 128 << 20, 0.2);
    assertThat(
            Compaction.chosen(
                table,
                Compaction.tasks(
                    table,
                    table.currentSnapshot(),
                    org.apache.iceberg.expressions.Expressions.alwaysTrue()),
                tiers))
        .isEmpty();
  }
}
