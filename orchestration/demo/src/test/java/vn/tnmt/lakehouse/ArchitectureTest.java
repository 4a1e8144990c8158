package vn.tnmt.lakehouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;

/** The arrows that Maven cannot hold, because they are within a module. */
@AnalyzeClasses(
    packages = "vn.tnmt.lakehouse",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  private static final String BASE = "vn.tnmt.lakehouse.";

  /** The fixtures of lower modules come as jars, which ArchUnit does not know for tests. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule ARROWS_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("core")
          .definedBy(BASE + "core..")
          .layer("tables")
          .definedBy(BASE + "tables..")
          .layer("ingestion")
          .definedBy(BASE + "ingestion..")
          .layer("spatial")
          .definedBy(BASE + "spatial..")
          .layer("transform")
          .definedBy(BASE + "transform..")
          .layer("orchestration")
          .definedBy(BASE + "orchestration..")
          .whereLayer("orchestration")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("transform")
          .mayOnlyBeAccessedByLayers("orchestration")
          .whereLayer("ingestion")
          .mayOnlyBeAccessedByLayers("transform", "orchestration")
          .whereLayer("spatial")
          .mayOnlyBeAccessedByLayers("transform", "orchestration")
          .whereLayer("tables")
          .mayOnlyBeAccessedByLayers("ingestion", "spatial", "transform", "orchestration");

  /** The walls of plain modules are Maven's (tnmt.not.plain); this package stands above them. */
  @ArchTest
  static final ArchRule INDICES_ARE_PLAIN_JAVA =
      noClasses()
          .that()
          .resideInAPackage(BASE + "transform.index..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..", "org.apache.hadoop..", "org.apache.iceberg..", "scala..");

  /** What travels to the tasks of a cluster finds no home there, nor the driver's files. */
  @ArchTest
  static final ArchRule TASKS_KNOW_NO_DISK_OF_THE_DRIVER =
      noClasses()
          .that()
          .areAssignableTo(Serializable.class)
          .and()
          .areNotEnums()
          .and()
          .resideInAnyPackage(
              BASE + "ingestion.load..",
              BASE + "transform.national..",
              BASE + "transform.audit..",
              BASE + "transform.standardise..",
              BASE + "transform.ledger..",
              BASE + "national..",
              BASE + "spatial..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(Home.class.getName())
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName(Settings.class.getName())
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.nio.file.Files");

  /** Which format a feed has, nobody asks: what others must know, a format declares. */
  @ArchTest
  static final ArchRule FORMATS_ARE_KNOWN_TO_THEMSELVES =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + "ingestion.format..")
          .and()
          .doNotHaveSimpleName("Readers") // rejected rows come back as a workbook
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BASE + "ingestion.format.*..");

  /** Pure transformations know no clock and no files; the session stays with their callers. */
  @ArchTest
  static final ArchRule TRANSFORMATIONS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(BASE + "national..", BASE + "transform.index..")
          .or()
          .haveSimpleName("RowOutcomes")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.spark.sql.SparkSession")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..");

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_DATASET =
      classes()
          .that()
          .resideInAnyPackage(BASE + "base..", BASE + "core..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(
              BASE + "tables..",
              BASE + "ingestion..",
              BASE + "spatial..",
              BASE + "transform..",
              BASE + "orchestration..");

  /** Whoever wants a client for Airflow can take the package as it is. */
  @ArchTest
  static final ArchRule THE_AIRFLOW_CLIENT_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage(BASE + "orchestration.airflow..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              BASE + "orchestration.airflow..",
              "java..",
              "com.fasterxml.jackson.annotation..",
              "com.fasterxml.jackson.core..",
              "com.fasterxml.jackson.databind..",
              "org.slf4j");
}
