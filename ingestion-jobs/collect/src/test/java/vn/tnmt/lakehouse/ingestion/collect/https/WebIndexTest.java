package vn.tnmt.lakehouse.ingestion.collect.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.collect.offer.SafePaths;

/** Pages made by real servers (nginx 1.22.1, Apache 2.4.71), and hostile ones. */
class WebIndexTest {
  @Test
  void pagesOfNginxAndApacheAreUnderstood() throws IOException {
    assertThat(WebIndex.hrefs(page("nginx-1.22.html")))
        .containsExactly(
            "../",
            "2026/",
            "Tr%E1%BA%A1m%201/",
            "a%2520b.csv",
            "a%3Ab.csv",
            "mau_20260310.csv",
            "q%22uo%3Cte%3E.csv",
            "s%E1%BB%91%20li%E1%BB%87u%20%26%20ghi%20ch%C3%BA%20%281%29.csv");
    assertThat(WebIndex.hrefs(page("apache-2.4.html")))
        .contains("?C=N;O=D", "/", "2026/", "./a:b.csv", "a%2520b.csv")
        .contains("s%e1%bb%91%20li%e1%bb%87u%20&%20ghi%20ch%c3%ba%20(1).csv");
  }

  @Test
  void linksAreFoundHoweverTheyAreWritten() {
    assertThat(
            WebIndex.hrefs(
                "<A HREF=\"/data/x.csv\">x</A><a class=c\nhref='a b.csv'><a href=c.csv><abbr href=n>"
                    + "<a\thref = \"d&#x2e;csv\" title='href=\"no\"'><a name=e><a href>"))
        .containsExactly("/data/x.csv", "a b.csv", "c.csv", "d.csv");
  }

  @Test
  void aHostilePageTakesNoLongerThanItsLength() {
    Random random = new Random(5);
    String[] parts = {"<a ", "<a href=", "<a href=\"", "'", "\"", ">", "=", " ", "&", "&#99;", "x"};
    for (int i = 0; i < 2_000; i++) {
      StringBuilder html = new StringBuilder();
      for (int n = random.nextInt(30); n >= 0; n--) {
        html.append(parts[random.nextInt(parts.length)]);
      }
      assertThat(WebIndex.hrefs(html.toString())).isNotNull();
    }
    long begin = System.nanoTime();
    for (String part : parts) {
      assertThat(WebIndex.hrefs(part.repeat((4 << 20) / part.length()))).isNotNull();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void namesOfServersAreNotTrusted() {
    assertThat(SafePaths.ofEncoded("Tr%C3%A2%CC%A3m/a%2520b+c.csv"))
        .contains("Tr\u1EADm/a%20b+c.csv");
    for (String bad :
        new String[] {
          "",
          "/a",
          "a//b",
          "../a",
          "a/..",
          "a/./b",
          "%2e%2e/a",
          "a%2fb",
          "a%5Cb",
          "a%00",
          "a%zz",
          "a%4",
          "a%",
          "a%+1",
          "%ff",
          "a%0A",
          "x".repeat(1_025)
        }) {
      assertThat(SafePaths.ofEncoded(bad)).as(bad).isEqualTo(Optional.empty());
    }
    assertThat(SafePaths.of("a\uD800")).isEmpty();
    assertThat(SafePaths.of("a\u0085b")).isEmpty();
  }

  @Test
  void referencesAreResolvedAsBrowsersDo() {
    URI base = URI.create("https://h.vn/a/b?x=1");
    assertThat(WebAddress.resolve(base, "Tệp 1.csv"))
        .hasToString("https://h.vn/a/T%E1%BB%87p%201.csv");
    assertThat(WebAddress.resolve(base, "?y=2")).hasToString("https://h.vn/a/b?y=2");
    assertThat(WebAddress.resolve(base, "100%.csv")).hasToString("https://h.vn/a/100%25.csv");
    assertThat(WebAddress.resolve(base, WebAddress.reference("a:b?#%20[1].csv")))
        .hasToString("https://h.vn/a/a%3Ab%3F%23%2520%5B1%5D.csv");
    assertThat(WebAddress.origin(URI.create("HTTPS://H.vn:443/x"))).isEqualTo("https://h.vn:443");
    assertThatThrownBy(() -> WebAddress.resolve(base, "http://"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aServerMayNotLeadIntoThisMachine() {
    URI from = URI.create("http://198.51.100.7/x");
    Set<String> trusted = Set.of("http://198.51.100.7:80");
    for (String host :
        new String[] {"127.0.0.1", "localhost", "169.254.169.254", "[::1]", "0.0.0.0"}) {
      assertThat(WebAddress.objection(from, URI.create("http://" + host + "/"), trusted))
          .as(host)
          .contains("this machine");
    }
    assertThat(WebAddress.objection(from, URI.create("http://198.51.100.8/"), trusted)).isEmpty();
    assertThat(WebAddress.objection(from, URI.create("http://u:p@198.51.100.8/"), trusted))
        .isNotEmpty();
    assertThat(
            WebAddress.objection(
                URI.create("https://198.51.100.7/"), URI.create("http://198.51.100.7/"), trusted))
        .contains("https");
  }

  private static String page(String name) throws IOException {
    try (InputStream in = WebIndexTest.class.getResourceAsStream("/web/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
