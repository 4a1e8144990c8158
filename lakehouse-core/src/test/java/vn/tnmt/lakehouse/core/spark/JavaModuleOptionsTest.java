package vn.tnmt.lakehouse.core.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** The launcher and the tests give the JVM the flags that this version of Spark wants. */
final class JavaModuleOptionsTest {
  @Test
  void theRootPomHasTheFlagsOfThisSpark() {
    assertThat(System.getProperty("tnmt.spark.jvm.flags").split("\\s+"))
        .containsExactly(JavaModuleOptions.defaultModuleOptions().split("\\s+"));
  }
}
