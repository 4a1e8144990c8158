package vn.tnmt.lakehouse.orchestration.cli;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.ExecuteImmediateQuery;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.ExecutableDuringAnalysis;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.internal.SQLConf;
import scala.jdk.javaapi.CollectionConverters;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Tells, before a statement runs, that it could change something (a table, a folder, the session,
 * or the machine), or that it reads files of the machine, which are no tables of the lake. The
 * session's catalogue and store refuse changes anyway ({@code Lakehouse.openToRead}); this says so
 * in words, and guards what is not theirs.
 */
final class ReadOnlySql {
  /** Statements that are commands to Spark, but change nothing. */
  private static final Set<String> READING =
      Set.of(
          "ShowTables",
          "ShowNamespaces",
          "ShowNamespacesCommand",
          "ShowColumns",
          "ShowFunctions",
          "ShowViews",
          "ShowCreateTable",
          "ShowPartitions",
          "ShowTableProperties",
          "ShowTableExtended",
          "ShowCatalogsCommand",
          "ShowCurrentNamespaceCommand",
          "DescribeRelation",
          "DescribeNamespace",
          "DescribeColumn",
          "DescribeFunction",
          "DescribeQueryCommand",
          "ExplainCommand");

  /** Functions that call any static method of any class. */
  private static final List<String> CALLING = List.of("reflect", "java_method", "try_reflect");

  private final SQLConf conf;

  private ReadOnlySql(SQLConf conf) {
    this.conf = conf;
  }

  /** Takes away from a session what a query could reach out of Spark, and of the lake, with. */
  static void restrict(SparkSession spark) {
    spark.conf().set("spark.sql.runSQLOnFiles", false);
    CALLING.forEach(
        name ->
            classic(spark)
                .sessionState()
                .functionRegistry()
                .dropFunction(new FunctionIdentifier(name)));
  }

  /**
   * Refuses a statement any part of which is not a query.
   *
   * @throws TnmtException TNMT-4005 naming what could change something
   */
  static void require(SparkSession spark, String sql) throws ParseException {
    new ReadOnlySql(classic(spark).sessionState().conf())
        .check(classic(spark).sessionState().sqlParser().parsePlan(sql));
  }

  /**
   * Refuses rows that come from anywhere but the lake's tables, however the statement has named it.
   *
   * @throws TnmtException TNMT-4005
   */
  static void requireOfLake(Dataset<Row> rows) {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().analyzed();
    CollectionConverters.asJava(plan.collectLeaves())
        .forEach(
            leaf -> {
              boolean elsewhere =
                  leaf instanceof LogicalRelation
                      || (leaf instanceof DataSourceV2Relation relation
                          && relation.catalog().isEmpty());
              if (elsewhere) {
                throw outside(leaf.getClass().getSimpleName());
              }
            });
  }

  /** A path, or a file by its format: {@code csv.`/data/x.csv`}. No table has such a name. */
  private void checkName(UnresolvedRelation relation) {
    List<String> parts = CollectionConverters.asJava(relation.multipartIdentifier());
    boolean path = parts.stream().anyMatch(part -> part.matches("(?s).*[/\\\\:].*"));
    if (path || (parts.size() == 2 && isDataSource(parts.get(0)))) {
      throw outside(String.join(".", parts));
    }
  }

  private boolean isDataSource(String name) {
    try {
      DataSource.lookupDataSource(name, conf);
      return true;
    } catch (Exception e) { // Scala's methods declare no checked exceptions, and throw them
      return false;
    }
  }

  private static TnmtException outside(String what) {
    return TnmtException.of(
        ErrorCode.SQL_NOT_READ_ONLY,
        "câu lệnh đọc tệp ngoài các bảng của hồ dữ liệu / this statement reads files that are no table of the lakehouse ("
            + what
            + ")",
        "",
        "add --write if that is what you want");
  }

  private void check(TreeNode<?> node) {
    if (node instanceof UnresolvedRelation relation) {
      checkName(relation);
    }
    boolean changes =
        node instanceof Command
            || node instanceof ParsedStatement
            || node instanceof ExecutableDuringAnalysis
            || node instanceof InsertIntoDir
            || node instanceof ScriptTransformation
            || node instanceof ExecuteImmediateQuery;
    String kind = node.getClass().getSimpleName();
    if (changes && !READING.contains(kind)) {
      throw TnmtException.of(
          ErrorCode.SQL_NOT_READ_ONLY,
          "câu lệnh có thể làm thay đổi hồ dữ liệu / this statement could change the lakehouse ("
              + kind
              + ")",
          "",
          "add --write if that is what you want");
    }
    CollectionConverters.asJava(node.children()).forEach(child -> check((TreeNode<?>) child));
    CollectionConverters.asJava(node.innerChildren())
        .forEach(
            inner -> {
              if (inner instanceof LogicalPlan) {
                check((TreeNode<?>) inner);
              }
            });
    if (node instanceof QueryPlan<?> plan) {
      CollectionConverters.asJava(plan.subqueries()).forEach(query -> check((TreeNode<?>) query));
    }
  }

  private static org.apache.spark.sql.classic.SparkSession classic(SparkSession spark) {
    return (org.apache.spark.sql.classic.SparkSession) spark;
  }
}
