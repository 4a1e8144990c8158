package vn.tnmt.lakehouse.validator;

import java.util.List;
import vn.tnmt.lakehouse.transform.page.Assets;
import vn.tnmt.lakehouse.transform.page.Inline;
import vn.tnmt.lakehouse.transform.page.Template;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;

/** The page as one HTML file that needs nothing else. */
final class PageView {
  private static final Inline INLINE =
      Inline.of(
          List.of(Assets.file(PageView.class, "page.css")),
          List.of(Assets.file(PageView.class, "page.js")));
  private static final String PAGE =
      Template.load(PageView.class, "page.mustache").render(new View());

  private PageView() {}

  /** What the page's own styles and scripts may do, and nothing else. */
  static String policy() {
    return INLINE.policy();
  }

  static String render() {
    return PAGE;
  }

  /** What the template asks for, by the names that it uses. */
  static final class View {
    final Texts t = Texts.load(PageView.class, "page-texts.yaml");
    final Inline inline = INLINE;

    Words title() {
      return t.say("title");
    }
  }
}
