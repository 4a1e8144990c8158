package vn.tnmt.lakehouse.transform.receipt;

import java.util.Locale;
import java.util.function.Function;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.Receipt.BrokenRule;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Counts;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Example;

/** The receipt as a few lines for a terminal, in one language. */
public final class ReceiptText {
  private static final Texts TEXTS = Texts.load(ReceiptText.class, "receipt-texts.yaml");

  private final Receipt receipt;
  private final Function<Words, String> language;
  private final StringBuilder out = new StringBuilder();

  private ReceiptText(Receipt receipt, Function<Words, String> language) {
    this.receipt = receipt;
    this.language = language;
  }

  public static String vietnamese(Receipt receipt) {
    return new ReceiptText(receipt, Words::vi).render();
  }

  public static String english(Receipt receipt) {
    return new ReceiptText(receipt, Words::en).render();
  }

  private String render() {
    Counts counts = receipt.counts();
    String offline = receipt.offline() == null ? "" : "-offline";
    line(receipt.feed() + ": " + language.apply(receipt.datasetTitle()));
    line(
        say(
            "verdict-" + receipt.verdictText() + offline,
            Figures.whole(counts.received()),
            Figures.whole(counts.quarantined()),
            Figures.whole(counts.accepted())));
    line(
        "  %s %s = %s %s + %s %s + %s %s + %s %s"
            .formatted(
                say("count-received"),
                whole(counts.received()),
                say("count-accepted"),
                whole(counts.accepted()),
                say("count-quarantined"),
                whole(counts.quarantined()),
                say("count-duplicate"),
                whole(counts.duplicate()),
                say("count-superseded"),
                whole(counts.superseded())));
    if (receipt.gate() != null) {
      receipt.gate().findings().forEach(this::departs);
    }
    receipt.rules().forEach(this::rule);
    if (receipt.offline() != null) {
      receipt
          .offline()
          .atTheMinistry()
          .forEach(
              at ->
                  line(
                      "  %s %s → %s: %s"
                          .formatted(at.rule(), at.column(), at.refersTo(), say("ministry"))));
    }
    receipt
        .rejects()
        .limits()
        .forEach(
            limit -> line("  " + say("rejects-limit-" + limit.name().toLowerCase(Locale.ROOT))));
    return out.toString();
  }

  private void departs(GateAnswer.Found found) {
    line(
        "  %s [%s] %s. %s"
            .formatted(
                found.code(),
                language.apply(GateView.severity(found, receipt.offline() != null)),
                language.apply(found.what()),
                language.apply(found.remedy())));
  }

  private void rule(BrokenRule rule) {
    line(
        "  %s [%s, %s] %s. %s"
            .formatted(
                rule.rule(),
                say("effect-" + rule.severity().name().toLowerCase(Locale.ROOT)),
                whole(rule.broken()),
                language.apply(rule.title()),
                language.apply(rule.remedy())));
    for (Example example : rule.examples()) {
      String at =
          example.line() == 0
              ? say("whole-file")
              : say("line").toLowerCase(Locale.ROOT) + " " + example.line();
      line(
          "      %s, %s%s%s%s"
              .formatted(
                  printable(example.file()),
                  at,
                  example.column().isEmpty() ? "" : ", " + printable(example.column()),
                  example.value().isEmpty() ? "" : ": '" + printable(example.value()) + "'",
                  example.expected().isEmpty() ? "" : " → " + printable(example.expected())));
    }
  }

  /** What a file holds must not steer a terminal. */
  private static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private String whole(long number) {
    return language.apply(Figures.whole(number));
  }

  private String say(String key, Words... values) {
    return language.apply(TEXTS.say(key, values));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
