package vn.tnmt.lakehouse.ingestion.format;

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
import vn.tnmt.lakehouse.ingestion.format.archive.Archive;
import vn.tnmt.lakehouse.ingestion.format.archive.Archived;
import vn.tnmt.lakehouse.ingestion.format.geopackage.GeoPackage;
import vn.tnmt.lakehouse.ingestion.format.json.Json;
import vn.tnmt.lakehouse.ingestion.format.kml.Kml;
import vn.tnmt.lakehouse.ingestion.format.ndjson.NdJson;
import vn.tnmt.lakehouse.ingestion.format.parquet.Parquet;
import vn.tnmt.lakehouse.ingestion.format.xml.Xml;

/** {@code format:} of a feed, as written. */
class FormatsTest {
  private static Format format(String yaml) {
    return Formats.parse(YamlNode.parse("feeds.yaml", yaml, ErrorCode.FEED_INVALID));
  }

  @Test
  void readsJson() {
    assertThat(format("{type: ndjson}")).isEqualTo(new NdJson(false));
    assertThat(format("{type: ndjson, flatten: true}")).isEqualTo(new NdJson(true));
    assertThat(format("{type: json}")).isEqualTo(new Json("", false));
    Json json = (Json) format("{type: json, records: /data/a~1b/0}");
    assertThat(json.path()).isEqualTo(List.of("data", "a/b", "0"));
  }

  @Test
  void readsXmlAndMaps() {
    assertThat(format("{type: xml, record: r, parents: [a, b]}"))
        .isEqualTo(new Xml("r", Set.of("b", "a")));
    assertThat(format("{type: kml}")).isEqualTo(new Kml());
    assertThat(format("{type: parquet}")).isEqualTo(new Parquet(""));
    assertThat(format("{type: gpkg}")).isEqualTo(new GeoPackage("", ""));
    assertThat(format("{type: gpkg, layer: tinh}").has(Trait.GEOMETRY)).isTrue();
    assertThat(format("{type: xml, record: r}").has(Trait.GEOMETRY)).isFalse();
  }

  @Test
  void anyFormatMayBePacked() {
    Format plain = format("{type: csv, delimiter: ';'}");
    Archived packed =
        (Archived) format("{type: csv, delimiter: ';', archive: tar.gz, members: '{xa}/*.csv'}");
    assertThat(packed.content()).isEqualTo(plain);
    assertThat(packed.archive().kind()).isEqualTo(Archive.Kind.TAR_GZ);
    assertThat(packed.archive().members().groups()).containsExactly("xa");
    assertThat(packed.archive().limits()).isEqualTo(Archive.Limits.USUAL);
    Archived limited =
        (Archived)
            format(
                "{type: geojson, archive: auto, archiveLimits: {entries: 5, unpackedMB: 1, ratio: 9, depth: 1}}");
    assertThat(limited.archive().limits()).isEqualTo(new Archive.Limits(5, 1 << 20, 9, 1, 512));
    assertThat(limited.archive().members().match("a/b/c.geojson")).isPresent();
    assertThat(limited.archive().members().match("c.geojson")).isPresent();
    assertThat(limited.has(Trait.GEOMETRY)).isTrue();
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
