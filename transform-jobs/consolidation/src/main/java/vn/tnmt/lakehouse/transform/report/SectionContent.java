package vn.tnmt.lakehouse.transform.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * What a section says of one release, ready to be placed in the page.
 *
 * @param outOfRange null when the section judges no values
 * @param layer null when the section has no map
 * @param places null when the section names no places
 * @param trend null when the section has no charts
 * @param restated which earlier days the release restated, a sentence each
 */
public record SectionContent(
    String key,
    Words headline,
    @Nullable OutOfRange outOfRange,
    @Nullable Layer layer,
    @Nullable PlaceList places,
    @Nullable Trend trend,
    List<Completeness> completeness,
    List<Reason> reasons,
    List<Note> method,
    List<Source> sources,
    List<Page> pages,
    List<Words> restated) {

  /** The scales by which this section colours what it lists. */
  Stream<Scale> chipScales() {
    return Stream.concat(
        Stream.ofNullable(layer).map(Layer::scale),
        Stream.ofNullable(places).map(PlaceList::scale));
  }

  /**
   * A figure at the head of the report.
   *
   * @param value how much
   * @param of what it is a part of, for example {@code / 124 stations}
   */
  public record LeadFigure(Words label, long value, Words of) {}

  /**
   * How many values are out of range.
   *
   * @param rule when a value is out of range, for example {@code VN_AQI above 100}
   */
  public record OutOfRange(long count, long of, Words rule) {}

  /**
   * A map of the provinces and the same values as a ranked list.
   *
   * @param tab name of the map in a word or two
   * @param scaleName what the colours stand for
   * @param caption what gives a province its colour
   * @param ranking title of the ranked list
   * @param detail title of the list's last column
   * @param fullBar value whose bar is as long as the column
   * @param values provinces that have a value
   */
  public record Layer(
      Scale scale,
      Words tab,
      Words scaleName,
      Words caption,
      Words ranking,
      Words detail,
      int fullBar,
      List<ProvinceValue> values) {

    /** The value of a province, unless it is missing. */
    Optional<ProvinceValue> of(String provinceCode) {
      return values.stream().filter(value -> value.provinceCode().equals(provinceCode)).findFirst();
    }

    /** Worst first; equal values by the province's code. */
    List<ProvinceValue> worstFirst() {
      return values.stream()
          .sorted(
              Comparator.comparing(ProvinceValue::value, scale.worstFirst())
                  .thenComparing(ProvinceValue::provinceCode))
          .toList();
    }
  }

  /**
   * The value of a province on the map.
   *
   * @param detail what the ranked list says beside the value
   * @param more what the card of the province adds
   */
  public record ProvinceValue(String provinceCode, int value, Html detail, Words more) {}

  /**
   * A ranked list of places.
   *
   * @param place title of the first column
   * @param detail title of the last column
   * @param rows worst first
   */
  public record PlaceList(Scale scale, Words title, Words place, Words detail, List<Place> rows) {}

  /**
   * A place in a ranked list.
   *
   * @param provinceCode null when the place lies in no province
   * @param where what finds the place within the province: its code or its position
   */
  public record Place(
      @Nullable String provinceCode, String name, Words where, int value, Html detail) {}

  /**
   * Hourly values by province on one common time axis.
   *
   * @param limit value at the dashed line
   * @param top upper end of the common scale, which begins at 0
   * @param firstHour end of the first hour
   * @param hours number of hours, one value each
   */
  public record Trend(
      Words title,
      Words note,
      Scale scale,
      int limit,
      int top,
      Instant firstHour,
      int hours,
      List<Series> series) {}

  /**
   * The values of a province through the hours.
   *
   * @param values one for each hour; null where there is none
   */
  public record Series(String provinceCode, List<@Nullable Integer> values) {}

  /** How much of what was expected is there. */
  public record Completeness(Words label, long present, long expected) {}

  /** Why values are missing. */
  public record Reason(Words text, long count) {}

  /** A paragraph of the method. */
  public record Note(Words title, Words text) {}

  /**
   * A legal text that the section follows.
   *
   * @param title the legal text, with its date and article
   * @param use what it is followed for
   */
  public record Source(Words title, Words use) {}

  /**
   * A further file of the report.
   *
   * @param path below the section's folder, for example {@code 01.html}
   * @param title what the link to it says; empty when the page links to it nowhere
   */
  public record Page(String path, Words title, String content) {
    private static final Pattern PATH = Pattern.compile("[a-z0-9_-]+([./][a-z0-9_-]+)*");

    public Page {
      if (!PATH.matcher(path).matches()) {
        throw new IllegalArgumentException("A page's path is plain and relative, not " + path);
      }
    }

    /** The path within the report. */
    String under(String section) {
      return section + "/" + path;
    }
  }

  /** Puts together what a section says of a release. */
  static SectionContent of(ReportSection section, Edition edition) {
    return new SectionContent(
        section.key(),
        section.headline(edition),
        section.outOfRange(edition.lead()).orElse(null),
        section.layer(edition).orElse(null),
        section.places(edition).orElse(null),
        section.trend(edition).orElse(null),
        section.completeness(edition).stream().filter(part -> part.expected() > 0).toList(),
        section.reasons(edition),
        section.method(edition),
        section.sources(edition),
        section.pages(edition),
        section.restated(edition));
  }
}
