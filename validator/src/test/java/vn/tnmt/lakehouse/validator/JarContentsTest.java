package vn.tnmt.lakehouse.validator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages that the validator's jar takes of the other modules hang together without Spark. */
@AnalyzeClasses(
    packages = "vn.tnmt.lakehouse",
    importOptions = {ImportOption.DoNotIncludeTests.class, JarContentsTest.NoTestJars.class})
class JarContentsTest {
  private static final String BASE = "vn.tnmt.lakehouse.";

  /** As the filters of the shade plugin in validator/pom.xml. */
  private static final String[] OURS = {
    BASE + "core.error..",
    BASE + "core.text..",
    BASE + "core.yaml..",
    BASE + "tables.codelist..",
    BASE + "tables.contract..",
    BASE + "tables.geo..",
    BASE + "tables.rule..",
    BASE + "tables.source..",
    BASE + "ingestion.bundle..",
    BASE + "ingestion.engine..",
    BASE + "ingestion.feed..",
    BASE + "ingestion.gate",
    BASE + "ingestion.mapping..",
    BASE + "ingestion.reader..",
    BASE + "ingestion.settle..",
    BASE + "ingestion.text..",
    BASE + "transform.page..",
    BASE + "transform.receipt..",
    BASE + "validator.."
  };

  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule KNOWS_NOTHING_OF_SPARK =
      noClasses()
          .that()
          .resideInAnyPackage(OURS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..", "org.apache.hadoop..", "org.apache.iceberg..", "scala..");

  @ArchTest
  static final ArchRule NEEDS_NO_OTHER_PACKAGE_OF_OURS =
      classes()
          .that()
          .resideInAnyPackage(OURS)
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackage("vn.tnmt.lakehouse..").or(resideInAnyPackage(OURS)));
}
