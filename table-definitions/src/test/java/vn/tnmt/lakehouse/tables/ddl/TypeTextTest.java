package vn.tnmt.lakehouse.tables.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTextTest {
  @ParameterizedTest
  @CsvSource({
    "string, string",
    "INT, int",
    "bigint, long",
    "float, float",
    "double, double",
    "boolean, boolean",
    "date, date",
    "timestamp, timestamptz",
    "binary, binary"
  })
  void primitives(String text, String iceberg) {
    assertThat(parse(text)).hasToString(iceberg);
  }

  @Test
  void nestedTypesGetIdsOfTheirOwn() {
    assertThat(parse("array< struct<name:string, sizes:map<string,bigint>> >"))
        .isEqualTo(
            Types.ListType.ofOptional(
                1,
                Types.StructType.of(
                    NestedField.optional(2, "name", Types.StringType.get()),
                    NestedField.optional(
                        3,
                        "sizes",
                        Types.MapType.ofOptional(
                            4, 5, Types.StringType.get(), Types.LongType.get())))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "array",
        "array<",
        "array<string",
        "array<string>>",
        "map<string>",
        "struct<>",
        "struct<a>",
        "struct<a:>",
        "struct<a:int,>",
        "string string"
      })
  void whatIsNotATypeIsToldWithItsPosition(String text) {
    assertThatThrownBy(() -> parse(text))
        .hasMessageStartingWith("TNMT-2003")
        .hasMessageContaining("position");
  }

  private static Type parse(String text) {
    return TypeText.parse(text, new AtomicInteger()::incrementAndGet);
  }
}
