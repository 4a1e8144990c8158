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
    "HH:mm:ss-dd/MM/yy,24:00:00-31/12/25,2026-01-01T00:00:00",
    "HH:mm:ss-dd/MM/yy,12:00:59-17/03/23,2023-03-17T12:00:59",
    "'ngày' d 'tháng' M 'năm' yyyy,ngày 31 tháng 7 năm 2026,2026-07-31T00:00:00",
    "ngay-thang-nam,NGÀY 31 tháng 07 năm 2026,2026-07-31T00:00:00",
    "ngay-thang-nam,ngay 1 thang 7 nam 2026,2026-07-01T00:00:00",
    "excel,46234,2026-07-31T00:00:00",
    "excel,46234.5,2026-07-31T12:00:00",
    "'excel','45000,75',2023-03-15T18:00:00",
    "excel,1,1900-01-01T00:00:00",
    "excel,59,1900-02-28T00:00:00",
    "excel,61,1900-03-01T00:00:00",
    "excel1904,44772,2026-07-31T00:00:00",
    "yyyy-MM-dd,1969-12-31,1969-12-31T00:00:00",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14,2026-03-14T00:00:00",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14 07:30,2026-03-14T07:30:00",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14 07:30:59,2026-03-14T07:30:59",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14T07:30:59,2026-03-14T07:30:59",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14T24:00,2026-03-15T00:00:00",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14T07:30:59.123456,2026-03-14T07:30:59",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14T20:30:00Z,2026-03-15T03:30:00",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14T20:30:00.5+09:00,2026-03-14T18:30:00",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14 20:30+07,2026-03-14T20:30:00"
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
    "HH:mm:ss-dd/MM/yy,12:00:59-17/03/2023",
    "ngay-thang-nam,ngày 31 tháng 2 năm 2026",
    "ngay-thang-nam,31/7/2026",
    "excel,0",
    "excel,60",
    "excel,-1",
    "excel,1e9",
    "excel,31/7/2026",
    "excel,''",
    "yyyy-MM-dd'T'HH:mm:ssXXX,2023-03-17T01:00:00",
    "yyyy-MM-dd[ HH:mm[:ss]],14/03/2026",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-02-29",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-3-14",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14 7:30",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14 07",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14_07:30",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14 07:30:",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14 25:30",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14T07:30.5",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14T07:30:00+99:00",
    "yyyy-MM-dd[ HH:mm[:ss]],2026-03-14T07:30:00 ICT",
    "yyyy-MM-dd[ HH:mm[:ss]],20260314",
    "yyyy-MM-dd[ HH:mm[:ss]],''"
  })
  void refusesWhatIsNoSuchDate(String pattern, String text) {
    assertThat(TimePattern.compile(pattern, ZONE).parse(text)).isEqualTo(TimePattern.NONE);
  }
}
