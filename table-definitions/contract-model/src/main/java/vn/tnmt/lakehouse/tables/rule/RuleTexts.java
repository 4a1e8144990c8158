package vn.tnmt.lakehouse.tables.rule;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/**
 * What people read about each rule, in Vietnamese and English: the built-in ones from resource
 * bundles, the others from their contracts.
 */
public final class RuleTexts {
  private static final String BUNDLE = "vn.tnmt.lakehouse.tables.rule.rules";
  private static final Map<String, RuleText> BUILT_IN = builtIn();

  private final Map<String, RuleText> texts;

  private RuleTexts(Map<String, RuleText> texts) {
    this.texts = texts;
  }

  /** Of the built-in rules and of the bundled contracts. */
  public static RuleTexts bundled() {
    return of(Contracts.bundled());
  }

  public static RuleTexts of(Contracts contracts) {
    Map<String, RuleText> texts = new HashMap<>();
    contracts
        .all()
        .forEach(contract -> contract.rules().forEach(rule -> texts.put(rule.code(), rule.text())));
    texts.putAll(BUILT_IN);
    return new RuleTexts(texts);
  }

  /** These texts, with others in their place where they have the same code. */
  public RuleTexts with(Map<String, RuleText> others) {
    Map<String, RuleText> all = new HashMap<>(texts);
    all.putAll(others);
    return new RuleTexts(all);
  }

  /** Code → text. */
  public Map<String, RuleText> all() {
    return Map.copyOf(texts);
  }

  public static boolean isBuiltIn(String rule) {
    return BUILT_IN.containsKey(rule);
  }

  public static RuleText builtIn(String rule) {
    return BUILT_IN.get(rule);
  }

  /** The text of a rule; {@code TNMT-2003} when no rule has this code. */
  public RuleText text(String rule) {
    RuleText text = texts.get(rule);
    if (text == null) {
      throw TnmtException.of(
          ErrorCode.CONTRACT_INVALID,
          "no rule has the code '" + rule + "'",
          "",
          Nearest.hint(rule, texts.keySet()));
    }
    return text;
  }

  public String messageVi(String rule) {
    return text(rule).messageVi();
  }

  public String messageEn(String rule) {
    return text(rule).messageEn();
  }

  private static Map<String, RuleText> builtIn() {
    ResourceBundle vi = bundle("vi");
    ResourceBundle en = bundle("en");
    Map<String, RuleText> texts = new HashMap<>();
    for (BuiltInRules rule : BuiltInRules.values()) {
      String code = rule.code();
      texts.put(
          code,
          new RuleText(
              code,
              vi.getString(code + ".title"),
              en.getString(code + ".title"),
              vi.getString(code + ".remedy"),
              en.getString(code + ".remedy")));
    }
    return Map.copyOf(texts);
  }

  private static ResourceBundle bundle(String language) {
    return ResourceBundle.getBundle(
        BUNDLE,
        Locale.forLanguageTag(language),
        RuleTexts.class.getClassLoader(),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }
}
