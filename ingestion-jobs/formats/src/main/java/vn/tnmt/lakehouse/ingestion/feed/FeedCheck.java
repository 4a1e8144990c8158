package vn.tnmt.lakehouse.ingestion.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Kind;

/** Proves feeds against contracts, without data. */
public final class FeedCheck {
  private FeedCheck() {}

  /** As {@link #check(List, Contracts, CodeLists)}, with the bundled code lists. */
  public static List<Problem> check(List<Feed> feeds, Contracts contracts) {
    return check(feeds, contracts, CodeLists.bundled());
  }

  /**
   * Everything that is wrong, in the order of files and lines. What is wrong in a template is told
   * once, not for each of its feeds.
   */
  public static List<Problem> check(List<Feed> feeds, Contracts contracts, CodeLists lists) {
    List<Problem> problems = new ArrayList<>();
    KnownUnits units = KnownUnits.of(lists);
    for (Feed feed : feeds) {
      problems.addAll(feed.symbols().problems());
      try {
        Contract contract = contracts.contract(feed.dataset());
        problems.addAll(new OneFeedCheck(feed, contract, lists, units).problems());
        if (contract.kind() != Kind.STANDARD) {
          problems.add(
              new Problem(
                  ErrorCode.FEED_CONTRADICTS_CONTRACT,
                  feed.place(),
                  "tập dữ liệu không nhận nguồn cấp / dataset " + feed.dataset() + " is computed",
                  "feed a standard dataset"));
        }
      } catch (TnmtException e) {
        problems.add(
            new Problem(
                e.code(),
                feed.place(),
                "không có tập dữ liệu / no dataset '" + feed.dataset() + "'",
                Nearest.hint(
                    feed.dataset(), contracts.all().stream().map(Contract::dataset).toList())));
      }
    }
    addProvinces(feeds, lists, problems);
    addSharedFiles(feeds, problems);
    return problems.stream()
        .distinct()
        .sorted(Comparator.comparing(Problem::place).thenComparing(Problem::what))
        .toList();
  }

  private static void addProvinces(List<Feed> feeds, CodeLists lists, List<Problem> problems) {
    Collection<String> codes = lists.by("provinces_34", "code").keySet();
    Map<String, Feed> publishers = new HashMap<>();
    for (Feed feed : feeds) {
      Publisher publisher = feed.publisher();
      if (!publisher.provinceCode().isEmpty() && !codes.contains(publisher.provinceCode())) {
        problems.add(
            new Problem(
                ErrorCode.FEED_CONTRADICTS_CONTRACT,
                feed.place(),
                "mã tỉnh lạ / unknown province code '" + publisher.provinceCode() + "'",
                "use a code of list provinces_34"));
      }
      Feed first = publishers.putIfAbsent(publisher.id(), feed);
      if (first != null && !first.publisher().equals(publisher)) {
        problems.add(
            new Problem(
                ErrorCode.FEED_INVALID,
                feed.place(),
                "đơn vị '"
                    + publisher.id()
                    + "' khai báo khác nhau / publisher declared differently",
                "it is otherwise at " + first.place()));
      }
    }
  }

  private static void addSharedFiles(List<Feed> feeds, List<Problem> problems) {
    Map<List<Object>, Feed> seen = new HashMap<>();
    for (Feed feed : feeds) {
      Transport from = feed.transport();
      Feed first = seen.putIfAbsent(List.of(from.location(), from.pattern(), feed.dataset()), feed);
      if (first != null && !Objects.equals(first.id(), feed.id())) {
        problems.add(
            new Problem(
                ErrorCode.FEED_INVALID,
                feed.place(),
                "hai nguồn cấp lấy cùng tệp / two feeds take the same files: " + from.location(),
                "the other is at " + first.place()));
      }
    }
  }
}
