package vn.tnmt.lakehouse.ingestion.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.sample;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.ingestion.format.ndjson.NdJson;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/** JSON lines and JSON documents, as Python's json writes them and as they arrive broken. */
class JsonReadersTest {
  private final RecordReader lines = reader(new NdJson(false));
  private final RecordReader document = reader(new Json("/data/items", false));

  private static RecordReader document(String pointer) {
    return reader(new Json(pointer, false));
  }

  @Test
  void readsLinesAndDocumentsAsPythonWroteThem() {
    for (List<RawRecord> records :
        List.of(read(lines, sample("rows.ndjson")), read(document, sample("rows.json")))) {
      assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 ok");
      assertThat(records.get(0).cells())
          .containsExactly(
              entry("ma", "D1"),
              entry("ten", "Hồ Tây"),
              entry("ph", "7.25"),
              entry("n", "12345678901234567890"),
              entry("cu", ""),
              entry("vi_tri", "{\"lon\":105.82,\"lat\":21.05,\"cap\":{\"xa\":\"Tây Hồ\"}}"),
              entry("nhan", "[\"a\",1,null]"));
      assertThat(records.get(1).cells())
          .containsEntry("ten", "dấu \" \\ / \t\n")
          .containsEntry("ph", "1e-07")
          .containsEntry("cu", "false")
          .containsEntry("vi_tri", "{}");
      assertThat(records.get(2).cells()).containsEntry("ph", "1e+22").containsEntry("nhan", "");
    }
  }

  @Test
  void flattensMembersOfMembers() {
    for (List<RawRecord> records :
        List.of(
            read(reader(new NdJson(true)), sample("rows.ndjson")),
            read(reader(new Json("/data/items", true)), sample("rows.json")))) {
      assertThat(records.get(0).cells())
          .containsEntry("vi_tri.lon", "105.82")
          .containsEntry("vi_tri.cap.xa", "Tây Hồ")
          .containsEntry("nhan", "[\"a\",1,null]")
          .doesNotContainKey("vi_tri");
      assertThat(records.get(1).cells()).containsEntry("vi_tri", "{}");
      assertThat(records.get(2).cells()).containsEntry("vi_tri", "");
    }
  }

  /** JSON lets a name come twice; a library's tree would keep the last list only. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'data':{'items':[{'a':1}],'n':{'items':[9]},'items':[{'a':2},{'a':3}]}}",
        "{'data':{'items':[{'a':1}]},'x':[1,{'y':2}],'data':{'z':0,'items':[{'a':2},{'a':3}]}}",
        "{'data':{'items':[{'a':1},{'a':2}]},'data':7,'data':{},'data':{'items':{'a':3}},'z':1}",
        "{'data':{'items':{'a':1},'items':[],'items':[{'a':2}]},'data':{'items':[{'a':3}],'q':0}}"
      })
  void listsAtOnePathAreAllRead(String json) {
    List<RawRecord> records = read(document, json.replace('\'', '"'));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 ok");
    assertThat(records)
        .extracting(record -> record.cells().get("a"))
        .containsExactly("1", "2", "3");
  }

  @Test
  void aSecondListThatBreaksOffIsTold() {
    String json = "{\"data\":{\"items\":[{\"a\":1}],\"items\":[{\"a\":2},";
    assertThat(verdicts(read(document, json))).containsExactly("1 ok", "2 ok", "3 REC-09");
    assertThat(verdicts(read(document, "{\"data\":{\"items\":[{\"a\":1}],\"items\"")))
        .containsExactly("1 ok", "2 REC-09");
    assertThat(verdicts(read(document("/0/items"), "[{\"items\":[{\"a\":1}]},{\"items\":[1]}]")))
        .as("another element is at another path")
        .containsExactly("1 ok");
  }

  @Test
  void oneBadLineCostsOneLine() {
    assertThat(
            verdicts(
                read(
                    lines,
                    "\n{\"a\":1}\r\n{\"a\":\n[1]\n42\n{\"a\":1}{\"b\":2}\n  \n{\"a\":tru}\n{\"a\":2}\n")))
        .containsExactly(
            "2 ok", "3 REC-09", "4 REC-09", "5 REC-09", "6 REC-09", "8 REC-09", "9 ok");
    List<RawRecord> cut = read(lines, "{\"a\":1}\n{\"a\":\"Hà N");
    assertThat(verdicts(cut)).containsExactly("1 ok", "2 REC-04");
    assertThat(cut.get(1).text()).isEqualTo("{\"a\":\"Hà N");
    assertThat(
            verdicts(
                read(
                    lines,
                    "{\"a\":\"ok\"}\n{\"a\":\"\u00B5\"}\n".getBytes(StandardCharsets.ISO_8859_1))))
        .containsExactly("1 ok", "2 REC-06");
    assertThat(verdicts(read(lines, "{\"x\":" + "[".repeat(200_000) + "\n{\"a\":2}\n")))
        .containsExactly("1 REC-09", "2 ok");
  }

  @Test
  void aLongLineIsTold() {
    String object = "{\"a\":\"" + "x".repeat(3 << 20) + "\"}";
    assertThat(verdicts(read(lines, object + "\n" + object))).containsExactly("1 ok", "2 ok");
    assertThat(verdicts(read(lines, "{\"a\":\"" + "x".repeat(2 * (16 << 20)) + "\"}\n{\"a\":1}\n")))
        .containsExactly("1 REC-05", "2 ok");
  }

  @Test
  void aRepeatedNameKeepsBothValues() {
    for (RecordReader reader : List.of(lines, document(""))) {
      List<RawRecord> records = read(reader, "{\"a\":1,\"a\":2,\"b\":3,\"a\":4}");
      assertThat(verdicts(records)).containsExactly("1 REC-37");
      assertThat(records.get(0).cells())
          .containsExactly(entry("a", "1"), entry("a#2", "2"), entry("b", "3"), entry("a#3", "4"));
    }
    assertThat(read(reader(new NdJson(true)), "{\"a\":{\"b\":1},\"a.b\":2}").get(0).cells())
        .containsExactly(entry("a.b", "1"), entry("a.b#2", "2"));
  }

  @Test
  void hugeNumbersStayAsWritten() {
    String number = "9".repeat(5_000) + "e99999999999";
    assertThat(read(lines, "{\"n\":" + number + "}").get(0).cells()).containsEntry("n", number);
    assertThat(read(document(""), "[{\"n\":" + number + "}]").get(0).cells())
        .containsEntry("n", number);
  }

  @Test
  void followsThePointer() {
    assertThat(verdicts(read(document(""), "[{},{}]"))).containsExactly("1 ok", "2 ok");
    assertThat(verdicts(read(document("/a~1b/~0/1"), "{\"x\":[1],\"a/b\":{\"~\":[0,[{}]]}}")))
        .containsExactly("1 ok");
    assertThat(verdicts(read(document("/a"), "{\"a\":{\"k\":1},\"b\":2}")))
        .as("one object instead of the list")
        .containsExactly("1 ok");
    for (String other : List.of("{}", "[]", "42", "{\"a\":3}", "{\"b\":[{}]}", "{\"a\":null}")) {
      assertThat(verdicts(read(document("/a"), other))).as(other).containsExactly("0 REC-35");
    }
    assertThat(verdicts(read(document("/0"), "[]"))).containsExactly("0 REC-35");
    assertThat(verdicts(read(document(""), "[]"))).containsExactly("0 REC-01");
  }

  @Test
  void keepsTheRecordsBeforeTheBreak() {
    assertThat(verdicts(read(document(""), "[{\"a\":1},{\"a\":")))
        .containsExactly("1 ok", "2 REC-09");
    assertThat(verdicts(read(document(""), "[{},1,[2],{}]")))
        .containsExactly("1 ok", "2 REC-09", "3 REC-09", "4 ok");
    assertThat(verdicts(read(document("/a"), "{\"a\":[{}],\"b\":")))
        .containsExactly("1 ok", "2 REC-09");
    assertThat(verdicts(read(document(""), "[{}][{}]")))
        .as("a second document behind the first is told")
        .containsExactly("1 ok", "2 REC-09");
    assertThat(verdicts(read(document(""), "{} x"))).containsExactly("1 ok", "2 REC-09");
    assertThat(verdicts(read(document("/a"), "{\"b\":"))).containsExactly("1 REC-09");
    assertThat(verdicts(read(document(""), "<html>"))).containsExactly("1 REC-09");
    assertThat(
            verdicts(
                read(
                    document(""), "[{\"a\":\"\u00B5\"},{}]".getBytes(StandardCharsets.ISO_8859_1))))
        .containsExactly("1 REC-06", "2 ok");
  }

  @Test
  void aRecordWithoutEndDoesNotFillTheMemory() {
    String value = "[" + "1234567,".repeat(CellsBuilder.MAX_RECORD / 8 + 1) + "1]";
    List<RawRecord> records = read(document(""), "[{\"a\":" + value + ",\"b\":1},{\"b\":2}]");
    assertThat(verdicts(records)).containsExactly("1 REC-38", "2 ok");
    assertThat(records.get(0).cells()).containsExactly(entry("b", "1"));
  }
}
