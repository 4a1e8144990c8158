package vn.tnmt.lakehouse.validator;

import vn.tnmt.lakehouse.transform.page.Assets;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Template;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;

/** The page as one HTML file that needs nothing else. */
final class PageView {
  private static final String PAGE =
      Template.load(PageView.class, "page.mustache").render(new View());

  private PageView() {}

  static String render() {
    return PAGE;
  }

  /** What the template asks for, by the names that it uses. */
  static final class View {
    final Texts t = Texts.load(PageView.class, "page-texts.yaml");
    final Html baseStyle = Assets.style();
    final Html style = Assets.file(PageView.class, "page.css");
    final Html baseScript = Assets.script();
    final Html script = Assets.file(PageView.class, "page.js");

    Words title() {
      return t.say("title");
    }
  }
}
