package vn.tnmt.lakehouse.ingestion.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimePatternTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

  @ParameterizedTest
  @CsvSource({
    "d/M/yyyy,29/2/2016,2016-02-29T00:00:00",
    "d/M/yyyy,02/04/2016,2016-04-02T00:00:00",
    "dd/MM/yyyy,02/04/2016,2016-04-02T00:00:00",
    "d.M.yyyy,31.7.2026,2026-07-31T00:00:00",
    "yyyyMMddHHmmss,20230509153800,2023-05-09T15:38:00",
    "yyyyMMddHHmmss,20230509240000,2023-05-10T00:00:00",
    "HH:mm:ss-dd/MM/yyyy,12:00:59-17/03/2023,2023-03-17T12:00:59",
    "yyyy-MM-dd'T'HH:mm,2023-03-17T12:05,2023-03-17T12:05:00",
    "yyyy-MM-dd'T'HH:mm:ssXXX,2023-03-17T01:00:00Z,2023-03-17T08:00:00",
    "d MMM yyyy,7 Mar 2023,2023-03-07T00:00:00",
    "yyyy-MM-dd,1969-12-31,1969-12-31T00:00:00"
  })
  void readsTheClockOfTheZone(String pattern, String text, String expected) {
    assertThat(TimePattern.compile(pattern, ZONE).parse(text))
        .isEqualTo(LocalDateTime.parse(expected).toEpochSecond(ZoneOffset.UTC));
  }

  @ParameterizedTest
  @CsvSource({
    "d/M/yyyy,31/2/2016",
    "d/M/yyyy,29/2/2015",
    "d/M/yyyy,2/13/2016",
    "d/M/yyyy,0/1/2016",
    "d/M/yyyy,1/1/16",
    "d/M/yyyy,1/1/20166",
    "d/M/yyyy,1-1-2016",
    "d/M/yyyy,''",
    "dd/MM/yyyy,2/4/2016",
    "yyyyMMddHHmmss,20230509156000",
    "yyyyMMddHHmmss,20230509240001",
    "yyyyMMddHHmmss,2023050915380",
    "yyyyMMddHHmmss,20230509153800x",
    "d MMM yyyy,31 Feb 2023",
    "yyyy-MM-dd'T'HH:mm:ssXXX,2023-03-17T01:00:00"
  })
  void refusesWhatIsNoSuchDate(String pattern, String text) {
    assertThat(TimePattern.compile(pattern, ZONE).parse(text)).isEqualTo(TimePattern.NONE);
  }
}
