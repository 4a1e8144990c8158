package vn.tnmt.lakehouse.ingestion.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ".;7.33;7.33",
        ".;-0.5;-0.5",
        ".;+12;12",
        ".;1e-3;0.001",
        ".;1.5E+2;150",
        ".;.5;0.5",
        ".;5.;5",
        ".;1,234.5;1234.5",
        ".;1,234,567;1234567",
        ".;-0;0",
        ".;0.1;0.1",
        ".;9007199254740992;9007199254740992",
        ".;123456789012345680000;1.2345678901234568E20",
        ".;1.23456789012345678e29;1.2345678901234568E29",
        ".;7.2000000000000001776356839400250464677810668945312;7.2",
        ".;1e-300;1e-300",
        ".;0e-999;0",
        ".;0.30000000000000004;0.30000000000000004",
        ",;7,33;7.33",
        ",;1.234,56;1234.56",
        ",;8.718.000;8718000",
        "e;35,2;35.2",
        "e;35.2;35.2",
        "e;1,234;1.234"
      })
  void readsNumbersOfTheNotation(char notation, String text, double expected) {
    assertThat(Numbers.parse(text, notation == 'e' ? Numbers.EITHER : notation))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ".;''",
        ".;-",
        ".;.",
        ".;abc",
        ".;1.2.3",
        ".;1 234",
        ".;NaN",
        ".;Infinity",
        ".;1e999",
        ".;-1e999",
        ".;1e-400",
        ".;-0.1e-400",
        ".;9007199254740993",
        ".;123456789012345678901234567890",
        ",;9.007.199.254.740.993",
        ".;1e",
        ".;1e+",
        ".;0x10",
        ".;<0.01",
        ".;1f",
        ".;1d",
        ".;--1",
        ".;7,33",
        ".;1,234",
        ".;12,34.5",
        ".;1,23,456",
        ".;,5",
        ".;1,234,56",
        ".;1.234,5",
        ",;1.234",
        ",;7.33",
        "e;1,234.5",
        "e;1.234,5",
        ".;١٢"
      })
  void refusesWhatIsNoneOrDoubtful(char notation, String text) {
    assertThat(Numbers.parse(text, notation == 'e' ? Numbers.EITHER : notation)).isNaN();
  }

  @Test
  void aWholeNumberHasAllOfItsDigits() {
    assertThat(Numbers.whole("7.000", '.')).isTrue();
    assertThat(Numbers.whole("7.00000000000000000000", '.')).isTrue();
    assertThat(Numbers.whole("0.99999999999999999999", '.')).isFalse();
  }

  @Test
  void agreesWithTheJdk() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      double value =
          i % 2 == 0
              ? random.nextInt(2_000_000) / 1000.0
              : Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Numbers.parse(Double.toString(value), '.')).isEqualTo(value + 0.0);
      }
    }
  }

  /** What {@link Numbers#plain} gives is what {@link Numbers#parse} and the JDK give. */
  @Test
  void plainNumbersAreTheSame() {
    Random random = new Random(5);
    int plain = 0;
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(18); i >= 0; i--) {
        text.append("0123456789.,-+e ".charAt(random.nextInt(random.nextInt(4) == 0 ? 16 : 11)));
      }
      // At the begin of the array, behind a few bytes, or with many on both sides.
      String before = "1-.5x7,".repeat(2).substring(0, random.nextInt(15));
      byte[] bytes = (before + text + "9").getBytes(StandardCharsets.UTF_8);
      double value = Numbers.plain(bytes, before.length(), bytes.length - 1, '.');
      byte[] commas =
          (before + text.toString().replace('.', '!').replace(',', '.').replace('!', ',') + "9")
              .getBytes(StandardCharsets.UTF_8);
      assertThat(Numbers.plain(commas, before.length(), commas.length - 1, ','))
          .as("with commas, %s", text)
          .isEqualTo((Double) value);
      boolean isPlain = text.toString().matches("-?(?=.*\\d)[0-9]*[.]?[0-9]*");
      int digits = text.toString().replaceAll("\\D", "").length();
      assertThat(!Double.isNaN(value)).as("%s", text).isEqualTo(isPlain && digits <= 15);
      if (!Double.isNaN(value)) {
        plain++;
        assertThat(value)
            .as("%s", text)
            .isEqualTo(Numbers.parse(text, '.'))
            .isEqualTo(Double.parseDouble(text.toString()) + 0.0);
      }
    }
    assertThat(plain).isGreaterThan(10_000);
    byte[] comma = "-12,50".getBytes(StandardCharsets.UTF_8);
    assertThat(Numbers.plain(comma, 0, comma.length, ',')).isEqualTo(-12.5);
    assertThat(Numbers.plain(comma, 0, comma.length, '.')).isNaN();
  }
}
