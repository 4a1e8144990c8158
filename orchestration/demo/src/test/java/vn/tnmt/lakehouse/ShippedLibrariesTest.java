package vn.tnmt.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds what ships against {@code dist/advisories.yaml}: the jars of this class path, which is the
 * distribution's and has all that the validator's jar is made of, what is shaded into them, and the
 * jars of the object store. Needs no network.
 */
class ShippedLibrariesTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final JsonNode LIST = read(ROOT.resolve("dist/advisories.yaml"));
  private static final Pattern IN_REPOSITORY =
      Pattern.compile(".*/repository/(.+)/([^/]+)/([^/]+)/[^/]+\\.jar");

  /** A name of a jar: an artifact and its version. */
  private static final Pattern NAMED = Pattern.compile("(.+?)-([0-9][^/]*)\\.jar");

  /**
   * A library in a jar.
   *
   * @param name {@code group:artifact}; {@code ?} for a group that nothing tells
   */
  record Library(String jar, String name, String version) {
    @Override
    public String toString() {
      return name + ":" + version + " in " + jar;
    }
  }

  /** A vulnerability that a library has. */
  record Finding(Library library, String id) {}

  @Test
  void whatShipsHasNoKnownVulnerabilityThatNobodyHasDecidedOn() throws IOException {
    Set<Library> shipped = shipped();
    assertThat(shipped).hasSizeGreaterThan(250);
    assertThat(shipped.stream().map(Library::name))
        .as("class path, shaded, object store")
        .contains(
            "org.apache.spark:spark-core_2.13",
            "com.nimbusds:nimbus-jose-jwt",
            "org.gaul:s3proxy",
            "org.apache.poi:poi");
    Files.write(
        Path.of("target", "shipped.txt"),
        shipped.stream()
            .filter(library -> !stripped(library))
            .map(library -> library.name() + ":" + library.version())
            .distinct()
            .sorted()
            .toList());
    List<Finding> open =
        findings(shipped).stream()
            .filter(finding -> acceptances().noneMatch(a -> covers(a, finding.library())))
            .toList();
    assertThat(open)
        .as("raise the version in the root's pom.xml, or accept it in dist/advisories.yaml")
        .isEmpty();
  }

  @Test
  void whatIsAcceptedIsStillThereAndNotForEver() throws IOException {
    List<Finding> found = findings(shipped());
    acceptances()
        .forEach(
            accepted -> {
              String what = accepted.path("jar").asText() + " " + accepted.path("packages");
              LocalDate until = LocalDate.parse(accepted.path("until").asText());
              assertThat(until)
                  .as("decide again on " + what)
                  .isAfterOrEqualTo(LocalDate.now(ZoneOffset.UTC));
              assertThat(until)
                  .as("too long: " + what)
                  .isBefore(LocalDate.now(ZoneOffset.UTC).plusDays(200));
              assertThat(accepted.path("why").asText()).as(what).hasSizeGreaterThan(40);
              assertThat(found)
                  .as("delete what meets nothing any more: " + what)
                  .anyMatch(finding -> covers(accepted, finding.library()));
            });
  }

  @Test
  void somebodyHasAskedForNewsWithinHalfAYear() {
    assertThat(LocalDate.parse(LIST.path("asked").asText()))
        .as("run dist/advisories where there is a network, decide, and write the date of today")
        .isAfter(LocalDate.now(ZoneOffset.UTC).minusDays(184));
  }

  @Test
  void whatIsSaidToBeTakenOutIsTakenOut() throws IOException {
    String pom = Files.readString(ROOT.resolve("dist/pom.xml"));
    for (JsonNode gone : LIST.path("stripped")) {
      assertThat(pom).contains(gone.path("files").asText());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.lz4:lz4-java | 1.8.0 | CVE-2025-12183",
        "?:lz4-java | 1.8.0 | CVE-2025-12183",
        "org.apache.logging.log4j:log4j-core | 2.24.3 | CVE-2026-34480",
        "org.eclipse.jetty:jetty-http | 9.4.53.v20231009 | CVE-2026-2332",
        "io.netty:netty-codec-http | 4.1.118.Final | CVE-2026-59903",
        "io.netty:netty-codec-http | 4.1.99.Final | CVE-2026-59903",
        "com.google.guava:guava | 31.1-jre | CVE-2023-2976",
        "org.xerial:sqlite-jdbc | 3.50.3.0 | CVE-2026-11822",
        "org.bouncycastle:bcprov-jdk18on | 1.85 | CVE-2026-13506"
      })
  void whatIsKnownIsFound(String name, String version, String id) {
    assertThat(findings(List.of(new Library("planted.jar", name, version))))
        .extracting(Finding::id)
        .contains(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at.yawk.lz4:lz4-java | 1.10.4",
        "org.apache.logging.log4j:log4j-core | 2.25.5",
        "com.google.guava:guava | 32.0.0-jre",
        "com.google.guava:guava | 32.0.1-jre",
        "org.bouncycastle:bcprov-jdk18on | 1.86",
        "com.nimbusds:nimbus-jose-jwt | 9.37.4",
        "org.elsewhere:log4j-core | 2.24.3"
      })
  void whatIsMendedIsNot(String name, String version) {
    assertThat(findings(List.of(new Library("planted.jar", name, version)))).isEmpty();
  }

  private static Stream<JsonNode> acceptances() {
    return StreamSupport.stream(LIST.path("accepted").spliterator(), false);
  }

  private static boolean covers(JsonNode accepted, Library library) {
    return NAMED.matcher(library.jar()).replaceFirst("$1").startsWith(accepted.path("jar").asText())
        && StreamSupport.stream(accepted.path("packages").spliterator(), false)
            .anyMatch(name -> fits(name.asText(), library.name()));
  }

  private static boolean stripped(Library library) {
    return StreamSupport.stream(LIST.path("stripped").spliterator(), false)
        .anyMatch(
            gone ->
                library.jar().startsWith(gone.path("jar").asText())
                    && gone.path("package").asText().equals(library.name()));
  }

  private static List<Finding> findings(Iterable<Library> libraries) {
    List<Finding> findings = new ArrayList<>();
    for (Library library : libraries) {
      for (JsonNode advisory : LIST.path("advisories")) {
        if (fits(advisory.path("package").asText(), library.name())
            && !stripped(library)
            && StreamSupport.stream(advisory.path("affected").spliterator(), false)
                .anyMatch(range -> within(range.asText(), library.version()))) {
          findings.add(new Finding(library, advisory.path("id").asText()));
        }
      }
    }
    return findings;
  }

  private static boolean fits(String wanted, String name) {
    String[] artifact = wanted.split(":", -1);
    String group = name.startsWith("?:") ? "\\?" : Pattern.quote(artifact[0]);
    return name.matches(
        group
            + ":"
            + Arrays.stream(artifact[1].split("\\*", -1))
                .map(Pattern::quote)
                .reduce((one, other) -> one + ".*" + other)
                .orElseThrow());
  }

  /** {@code [from, to)}. */
  private static boolean within(String range, String version) {
    Matcher ends = Pattern.compile("\\[([^,]*),([^)]*)\\)").matcher(range);
    assertThat(ends.matches()).as(range).isTrue();
    String from = ends.group(1).strip();
    String to = ends.group(2).strip();
    return (from.isEmpty() || VERSIONS.compare(version, from) >= 0)
        && (to.isEmpty() || VERSIONS.compare(version, to) < 0);
  }

  /** By the numbers at their beginning; what follows, such as {@code .Final}, does not count. */
  private static final Comparator<String> VERSIONS =
      (one, other) -> {
        List<BigInteger> a = numbers(one);
        List<BigInteger> b = numbers(other);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
          int order =
              (i < a.size() ? a.get(i) : BigInteger.ZERO)
                  .compareTo(i < b.size() ? b.get(i) : BigInteger.ZERO);
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  private static List<BigInteger> numbers(String version) {
    Matcher start = Pattern.compile("[0-9]+(\\.[0-9]+)*").matcher(version);
    return start.lookingAt()
        ? Arrays.stream(start.group().split("\\.", -1)).map(BigInteger::new).toList()
        : List.of();
  }

  private static Set<Library> shipped() throws IOException {
    Set<Library> libraries = new LinkedHashSet<>();
    for (String entry :
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            .split(File.pathSeparator, -1)) {
      Matcher path = IN_REPOSITORY.matcher(entry.replace('\\', '/'));
      if (path.matches() && !path.group(1).startsWith("vn/tnmt")) {
        Path jar = Path.of(entry);
        libraries.add(
            new Library(
                jar.getFileName().toString(),
                path.group(1).replace('/', '.') + ":" + path.group(2),
                path.group(3)));
        libraries.addAll(within(jar));
      }
    }
    try (Stream<Path> store = Files.list(ROOT.resolve("s3proxy-libs/target/lib"))) {
      for (Path jar : store.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Matcher name = NAMED.matcher(jar.getFileName().toString());
        assertThat(name.matches()).as(jar.toString()).isTrue();
        List<Library> told = within(jar);
        libraries.addAll(told);
        if (told.stream().noneMatch(library -> library.name().endsWith(":" + name.group(1)))) {
          libraries.add(
              new Library(jar.getFileName().toString(), "?:" + name.group(1), name.group(2)));
        }
      }
    }
    return libraries;
  }

  /** What a jar says it is made of. */
  private static List<Library> within(Path jar) throws IOException {
    List<Library> libraries = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        if (entry.getName().matches("META-INF/maven/.*/pom\\.properties")) {
          Properties told = new Properties();
          try (InputStream in = file.getInputStream(entry)) {
            told.load(in);
          }
          libraries.add(
              new Library(
                  jar.getFileName().toString(),
                  told.getProperty("groupId") + ":" + told.getProperty("artifactId"),
                  told.getProperty("version")));
        }
      }
    }
    return libraries;
  }

  private static JsonNode read(Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
