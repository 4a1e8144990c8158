package vn.tnmt.lakehouse.tables.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.ContractTexts;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** A contract is added by putting its file into a folder of the class path. */
class SourceFilesTest {
  private static final String THING =
      ContractTexts.yaml(List.of(), List.of(), List.of(), "code string key");

  @TempDir Path temp;

  private Path folder(String file, String text) throws IOException {
    Path root = Files.createTempDirectory(temp, "classes");
    Path to = root.resolve(file);
    Files.createDirectories(to.getParent());
    Files.writeString(to, text);
    return root;
  }

  /** As Maven makes jars: with entries for folders. */
  private Path jar(String file, String text) throws IOException {
    Path jar = Files.createTempFile(temp, "other", ".jar");
    try (OutputStream bytes = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(bytes)) {
      for (int slash = file.indexOf('/'); slash > 0; slash = file.indexOf('/', slash + 1)) {
        out.putNextEntry(new JarEntry(file.substring(0, slash + 1)));
      }
      out.putNextEntry(new JarEntry(file));
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static Contracts found(Path... classPath) throws IOException, URISyntaxException {
    URL[] urls = new URL[classPath.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath[i].toUri().toURL();
    }
    try (URLClassLoader loader = new URLClassLoader(urls, null)) {
      return Contracts.of(
          SourceFiles.ofRoots(SourceFiles.roots(loader, "contracts"), "contracts", ".yaml"));
    }
  }

  @Test
  void contractsOfFoldersAndJarsAreThere() throws IOException, URISyntaxException {
    String other = THING.replace("demo.thing", "demo.other");
    assertThat(
            found(
                    folder("contracts/demo/thing.yaml", THING),
                    folder("elsewhere/x.yaml", "no contract"),
                    jar("contracts/demo/other.yaml", other))
                .all())
        .extracting(Contract::dataset)
        .containsExactly("demo.other", "demo.thing");
  }

  @Test
  void theSameFileTwiceIsOneAndTwoOfOneNameAreTold() throws IOException, URISyntaxException {
    Path first = folder("contracts/demo/thing.yaml", THING);
    assertThat(found(first, jar("contracts/demo/thing.yaml", THING)).all()).hasSize(1);
    Path changed = jar("contracts/demo/thing.yaml", THING.replace("1.0.0", "2.0.0"));
    assertThatThrownBy(() -> found(first, changed))
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith("TNMT-1001")
        .hasMessageContaining("contracts/demo/thing.yaml")
        .hasMessageContaining(changed.getFileName().toString());
  }

  @Test
  void aClassPathWithoutTheFolderIsTold() throws IOException {
    Path none = folder("elsewhere/x.yaml", "");
    assertThatThrownBy(() -> found(none)).hasMessageStartingWith("TNMT-1002");
  }

  @Test
  void thoseOfThePlatformAreAmongThem() {
    assertThat(SourceFiles.bundled(Contracts.class, "contracts", ".yaml"))
        .containsKeys("contracts/monitoring/observation.yaml", "contracts/water/sample.yaml");
  }
}
