package vn.tnmt.lakehouse.tables.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.tables.contract.PhysicalType.Field;
import vn.tnmt.lakehouse.tables.contract.PhysicalType.Primitive;

class PhysicalTypeTest {
  @ParameterizedTest
  @CsvSource({
    "string, STRING",
    "INT, INTEGER",
    "bigint, INTEGER",
    "float, NUMBER",
    "double, NUMBER",
    "boolean, BOOLEAN",
    "date, DATE",
    "timestamp, TIMESTAMP",
    "binary, BINARY",
    "array<int>, OBJECT",
    "'map<string,string>', OBJECT",
    "struct<a:int>, OBJECT"
  })
  void everyTypeHasALogicalOne(String text, LogicalType logical) {
    assertThat(LogicalType.of(PhysicalType.parse(text))).isEqualTo(logical);
  }

  @Test
  void typesNest() {
    assertThat(PhysicalType.parse("array< struct<name:string, sizes:map<string,bigint>> >"))
        .isEqualTo(
            new PhysicalType.Array(
                new PhysicalType.Struct(
                    List.of(
                        new Field("name", new Primitive("string")),
                        new Field(
                            "sizes",
                            new PhysicalType.Map(
                                new Primitive("string"), new Primitive("bigint")))))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; a name is expected at position 1",
        "text; a type is expected at position 1",
        "array; '<' is expected at position 6",
        "array<; a name is expected at position 7",
        "array<string; '>' is expected at position 13",
        "array<string>>; nothing more is expected at position 14",
        "map<string>; ',' is expected at position 11",
        "struct<>; a name is expected at position 8",
        "struct<a>; ':' is expected at position 9",
        "struct<a:>; a name is expected at position 10",
        "struct<a:int,>; a name is expected at position 14",
        "array<strin>; a type is expected at position 7",
        "string string; nothing more is expected at position 8"
      })
  void whatIsNotATypeIsToldWithItsPosition(String text, String message) {
    assertThatThrownBy(() -> PhysicalType.parse(text)).hasMessageStartingWith(message);
  }
}
