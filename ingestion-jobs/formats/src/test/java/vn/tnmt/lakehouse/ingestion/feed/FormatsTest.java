package vn.tnmt.lakehouse.ingestion.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** {@code format:} of a feed, as written. */
class FormatsTest {
  private static Format format(String yaml) {
    return FormatParser.format(YamlNode.parse("feeds.yaml", yaml, ErrorCode.FEED_INVALID));
  }

  @Test
  void readsJson() {
    assertThat(format("{type: ndjson}")).isEqualTo(new Format.NdJson(false));
    assertThat(format("{type: ndjson, flatten: true}")).isEqualTo(new Format.NdJson(true));
    assertThat(format("{type: json}")).isEqualTo(new Format.Json("", false));
    Format.Json json = (Format.Json) format("{type: json, records: /data/a~1b/0}");
    assertThat(json.path()).isEqualTo(List.of("data", "a/b", "0"));
  }

  @Test
  void readsXmlAndMaps() {
    assertThat(format("{type: xml, record: r, parents: [a, b]}"))
        .isEqualTo(new Format.Xml("r", Set.of("b", "a")));
    assertThat(format("{type: kml}")).isEqualTo(new Format.Kml());
    assertThat(format("{type: parquet}")).isEqualTo(new Format.Parquet());
    assertThat(format("{type: gpkg}")).isEqualTo(new Format.GeoPackage(""));
    assertThat(format("{type: gpkg, layer: tinh}").hasGeometry()).isTrue();
    assertThat(format("{type: xml, record: r}").hasGeometry()).isFalse();
  }

  @Test
  void anyFormatMayBePacked() {
    Format plain = format("{type: csv, delimiter: ';'}");
    Format.Archived packed =
        (Format.Archived)
            format("{type: csv, delimiter: ';', archive: tar.gz, members: '{xa}/*.csv'}");
    assertThat(packed.content()).isEqualTo(plain);
    assertThat(plain.content()).isSameAs(plain);
    assertThat(packed.archive().kind()).isEqualTo(Archive.Kind.TAR_GZ);
    assertThat(packed.archive().members().groups()).containsExactly("xa");
    assertThat(packed.archive().limits()).isEqualTo(Archive.Limits.USUAL);
    Format.Archived limited =
        (Format.Archived)
            format(
                "{type: geojson, archive: auto, archiveLimits: {entries: 5, unpackedMB: 1, ratio: 9, depth: 1}}");
    assertThat(limited.archive().limits()).isEqualTo(new Archive.Limits(5, 1 << 20, 9, 1, 512));
    assertThat(limited.archive().members().match("a/b/c.geojson")).isPresent();
    assertThat(limited.archive().members().match("c.geojson")).isPresent();
    assertThat(limited.hasGeometry()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: ndjson, records: /a}",
        "{type: json, records: a}",
        "{type: json, flatten: maybe}",
        "{type: csv, archive: rar}",
        "{type: csv, members: '*.csv'}",
        "{type: csv, archive: zip, members: '{'}",
        "{type: csv, archive: zip, archiveLimits: {entries: 0}}",
        "{type: csv, archive: zip, archiveLimits: {files: 3}}",
        "{type: xml}",
        "{type: kml, layer: x}",
        "{type: nonsense}"
      })
  void refusesWhatItDoesNotKnow(String yaml) {
    assertThatThrownBy(() -> format(yaml))
        .isInstanceOf(TnmtException.class)
        .hasMessageContaining("feeds.yaml:1");
  }
}
