package vn.tnmt.lakehouse.transform.report;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The tables that a query reads, found by Spark's own parser wherever they stand: in joins, common
 * table expressions and subqueries.
 */
final class StatementTables {
  /** What a table stands behind that was asked for as {@code {domain.table}}. */
  static final String PINNED = "pinned.";

  private final Set<String> names = new TreeSet<>();
  private final Set<String> withs = new HashSet<>();

  private StatementTables() {}

  /**
   * @param sql a query whose holes are filled with {@link #PINNED} and the table's name
   */
  static StatementTables of(String sql) {
    LogicalPlan plan;
    try {
      plan = new CatalystSqlParser().parsePlan(sql);
    } catch (Exception e) { // Spark's ParseException is a checked one that Scala does not declare
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (plan instanceof Command || plan instanceof ParsedStatement) {
      throw new IllegalArgumentException("a statement of a section is a query: " + sql);
    }
    StatementTables tables = new StatementTables();
    tables.read(plan);
    tables.names.removeAll(tables.withs);
    return tables;
  }

  /** Tables that were asked for as {@code {domain.table}}. */
  Set<String> pinned() {
    Set<String> pinned = new TreeSet<>();
    for (String name : names) {
      if (name.startsWith(PINNED)) {
        pinned.add(name.substring(PINNED.length()));
      }
    }
    return pinned;
  }

  /** Tables that were named without a hole. */
  Set<String> direct() {
    Set<String> direct = new TreeSet<>(names);
    direct.removeIf(name -> name.startsWith(PINNED));
    return direct;
  }

  private void read(LogicalPlan plan) {
    if (plan instanceof UnresolvedRelation relation) {
      names.add(String.join(".", CollectionConverters.asJava(relation.multipartIdentifier())));
    }
    if (plan instanceof RelationTimeTravel travel) {
      read(travel.relation());
    }
    if (plan instanceof UnresolvedWith with) {
      CollectionConverters.asJava(with.cteRelations())
          .forEach(
              relation -> {
                withs.add(relation._1());
                read(relation._2());
              });
    }
    CollectionConverters.asJava(plan.children()).forEach(this::read);
    readAll(CollectionConverters.asJava(plan.expressions()));
  }

  private void readAll(Collection<Expression> expressions) {
    for (Expression expression : expressions) {
      if (expression instanceof PlanExpression<?> subquery
          && subquery.plan() instanceof LogicalPlan plan) {
        read(plan);
      }
      readAll(CollectionConverters.asJava(expression.children()));
    }
  }
}
