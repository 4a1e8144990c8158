package vn.tnmt.lakehouse.transform.receipt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.page.Assets;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Inline;
import vn.tnmt.lakehouse.transform.page.Template;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.Receipt.BrokenRule;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Counts;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Example;

/**
 * The receipt as a letter: one HTML file that needs nothing else, Vietnamese with a switch to
 * English. Whatever the publisher sent is shown as text, never as markup.
 */
public final class ReceiptPage {
  private static final Template TEMPLATE = Template.load(ReceiptPage.class, "receipt.mustache");
  static final Texts TEXTS = Texts.load(ReceiptPage.class, "receipt-texts.yaml");
  static final Inline INLINE =
      Inline.of(List.of(Assets.file(ReceiptPage.class, "receipt.css")), List.of());

  private ReceiptPage() {}

  /** The content policy that the page itself carries, for who serves it. */
  public static String policy() {
    return INLINE.policy();
  }

  public static String render(Receipt receipt) {
    return TEMPLATE.render(new View(receipt));
  }

  /** How many files, of what size. */
  static Words files(long files, long bytes) {
    return TEXTS.count("files", files, Figures.bytes(bytes));
  }

  /** What the template asks for, by the names that it uses. */
  static final class View {
    final Texts t = TEXTS;
    final Inline inline = INLINE;
    private final Receipt receipt;
    private final Counts counts;

    View(Receipt receipt) {
      this.receipt = receipt;
      this.counts = receipt.counts();
    }

    /** The text for a receipt, or for a verdict of the offline validator. */
    private Words say(String key, Words... values) {
      return t.say(offline() ? key + "-offline" : key, values);
    }

    boolean offline() {
      return receipt.offline() != null;
    }

    Words heading() {
      return say("heading");
    }

    Words automatic() {
      return say("automatic");
    }

    Words title() {
      return say("title", Figures.date(receipt.businessDate()), receipt.publisherName());
    }

    Words dear() {
      return t.say("dear", receipt.publisherName());
    }

    Words received() {
      return say(
          "received",
          Figures.time(receipt.receivedAt()),
          files(receipt.files(), receipt.bytes()),
          Figures.whole(counts.received()),
          receipt.datasetTitle(),
          Figures.date(receipt.businessDate()));
    }

    Words verdict() {
      return say(
          "verdict-" + receipt.verdictText(),
          Figures.whole(counts.received()),
          Figures.whole(counts.quarantined()),
          Figures.whole(counts.accepted()));
    }

    /** What the gate found, and the sentence above it. */
    List<Gate> departs() {
      return receipt.gate() == null
          ? List.of()
          : List.of(
              new Gate(
                  GateAnswer.TEXTS.say("gate"),
                  GateView.introduction(receipt.gate(), offline()),
                  new GateView(receipt.gate(), offline())));
    }

    record Gate(Words heading, Words introduction, GateView gate) {}

    List<First> first() {
      return receipt.mendFirst().map(First::new).stream().toList();
    }

    boolean several() {
      return receipt.rules().size() > receipt.mendFirst().stream().count();
    }

    List<Rule> rules() {
      // the first one's examples stand above already
      return receipt.rules().stream()
          .map(rule -> new Rule(rule, receipt.mendFirst().filter(rule::equals).isEmpty()))
          .toList();
    }

    record Count(Words label, String sign, Words value) {}

    List<Count> counts() {
      return List.of(
          new Count(t.say("count-accepted"), "", Figures.whole(counts.accepted())),
          new Count(t.say("count-quarantined"), "+", Figures.whole(counts.quarantined())),
          new Count(t.say("count-duplicate"), "+", Figures.whole(counts.duplicate())),
          new Count(t.say("count-superseded"), "+", Figures.whole(counts.superseded())));
    }

    Words sum() {
      return Figures.whole(counts.received());
    }

    Words replaced() {
      return counts.replaced() == 0 ? Words.NONE : t.count("count-replaced", counts.replaced());
    }

    Words next() {
      return say(
          switch (receipt.verdictText()) {
            case "clean" -> "next-none";
            case "warned" -> "next-look";
            case "departs" -> "next-departs";
            case "rejected" -> "next-rejected";
            default -> "next-mend";
          });
    }

    List<Rejected> rejected() {
      return receipt.rejects().csv().isEmpty() ? List.of() : List.of(new Rejected(receipt));
    }

    record Pending(String rule, String column, String refersTo) {}

    List<Pending> atTheMinistry() {
      return offline()
          ? receipt.offline().atTheMinistry().stream()
              .map(at -> new Pending(at.rule(), at.column(), at.refersTo()))
              .toList()
          : List.of();
    }

    boolean anyAtTheMinistry() {
      return !atTheMinistry().isEmpty();
    }

    record Fact(Words label, String text) {}

    List<Fact> facts() {
      List<Fact> facts = new ArrayList<>();
      if (!offline()) {
        facts.add(new Fact(t.say("fact-delivery"), receipt.deliveryId()));
      }
      facts.add(new Fact(t.say("fact-feed"), receipt.feed().toString()));
      facts.add(
          new Fact(t.say("fact-contract"), receipt.dataset() + " " + receipt.contractVersion()));
      facts.add(
          offline()
              ? new Fact(t.say("fact-bundle"), receipt.offline().bundle())
              : new Fact(t.say("fact-run"), receipt.runId()));
      facts.add(new Fact(t.say("fact-sha"), receipt.contentSha256()));
      return facts;
    }
  }

  /** The files of rejected rows. */
  static final class Rejected {
    final Words rows;
    final String csv;
    final List<String> xlsx;
    final Words how;
    final List<Words> limits;

    Rejected(Receipt receipt) {
      Rejects rejects = receipt.rejects();
      this.rows = TEXTS.count("rejects-rows", rejects.rows());
      this.csv = rejects.csv();
      this.xlsx = rejects.xlsx().isEmpty() ? List.of() : List.of(rejects.xlsx());
      this.how = TEXTS.say(rejects.mended() ? "rejects-how" : "rejects-original");
      this.limits =
          rejects.limits().stream()
              .map(limit -> TEXTS.say("rejects-limit-" + limit.name().toLowerCase(Locale.ROOT)))
              .toList();
    }
  }

  /** A broken rule as the list shows it. */
  static class Rule {
    final String code;
    final Words title;
    final Words remedy;
    final Words effect;
    final Words broken;
    final boolean anyExamples;
    final List<Line> examples;

    Rule(BrokenRule rule, boolean withExamples) {
      this.code = rule.rule();
      this.title = rule.title();
      this.remedy = rule.remedy();
      this.effect = TEXTS.say("effect-" + rule.severity().name().toLowerCase(Locale.ROOT));
      this.broken = Figures.whole(rule.broken());
      this.anyExamples = withExamples && !rule.examples().isEmpty();
      this.examples = rule.examples().stream().map(Line::of).toList();
    }
  }

  /** The rule to mend first. */
  static final class First extends Rule {
    final Words heading;
    final Words size;

    First(BrokenRule rule) {
      super(rule, true);
      String verb = rule.severity() == Severity.BLOCK ? "mend" : "look";
      this.heading = TEXTS.say(verb + "-first");
      this.size = TEXTS.count(verb + "-size", rule.broken());
    }
  }

  private record Line(String file, Words line, String column, Object value, String expected) {
    static Line of(Example example) {
      return new Line(
          example.file(),
          example.line() == 0 ? TEXTS.say("whole-file") : Figures.whole(example.line()),
          example.column(),
          example.value().isEmpty() ? TEXTS.say("empty") : example.value(),
          example.expected());
    }
  }
}
