package vn.tnmt.lakehouse.transform.receipt;

import java.util.List;
import vn.tnmt.lakehouse.transform.page.Inline;
import vn.tnmt.lakehouse.transform.page.Template;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;

/** A {@link Letter} as one HTML file that needs nothing else, in the manner of the receipt. */
public final class LetterPage {
  private static final Template TEMPLATE = Template.load(LetterPage.class, "letter.mustache");

  private LetterPage() {}

  public static String render(Letter letter) {
    return TEMPLATE.render(new View(letter));
  }

  /** What the template asks for, by the names that it uses. */
  static final class View {
    final Texts t = ReceiptPage.TEXTS;
    final Texts g = GateAnswer.TEXTS;
    final Inline inline = ReceiptPage.INLINE;
    final Words title;
    final Words heading;
    final Words dear;
    final Words received;
    final Words statement;
    final Words meaning;
    final Words next;
    final Words advice;
    final boolean anyFound;
    final GateView gate;
    final List<Fact> facts;

    record Fact(Words label, String text) {}

    View(Letter letter) {
      this.heading = g.say("heading-" + letter.verdict().textName());
      this.title =
          Words.join(
              " – ", List.of(heading, Words.same(letter.deliveryId()), letter.publisherName()));
      this.dear = t.say("dear", letter.publisherName());
      this.received = letter.received();
      this.statement = letter.statement();
      this.meaning = letter.meaning();
      this.next = letter.next();
      this.advice = letter.advice();
      this.gate = new GateView(letter.gate(), false);
      this.anyFound = gate.anyFindings || !gate.decided.isEmpty();
      this.facts =
          List.of(
              new Fact(t.say("fact-delivery"), letter.deliveryId()),
              new Fact(t.say("fact-feed"), letter.feed().toString()),
              new Fact(t.say("fact-dataset"), letter.dataset()),
              new Fact(t.say("fact-sha"), letter.contentSha256()));
    }
  }
}
