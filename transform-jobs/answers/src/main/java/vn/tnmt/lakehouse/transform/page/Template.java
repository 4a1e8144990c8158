package vn.tnmt.lakehouse.transform.page;

import com.samskivert.mustache.Mustache;
import java.io.StringReader;

/**
 * A Mustache template from the class path. Whatever it prints is escaped unless it is {@link Html};
 * {@link Words} are printed in both languages. A name that the view lacks is an error.
 */
public final class Template {
  private final com.samskivert.mustache.Template compiled;

  private Template(com.samskivert.mustache.Template compiled) {
    this.compiled = compiled;
  }

  /** Compiles {@code resource}, found beside {@code owner}, as are its partials. */
  public static Template load(Class<?> owner, String resource) {
    return new Template(
        Mustache.compiler()
            .escapeHTML(false)
            .strictSections(true)
            .withFormatter(Template::format)
            .withLoader(name -> new StringReader(Assets.text(owner, name)))
            .compile(Assets.text(owner, resource)));
  }

  public String render(Object view) {
    return compiled.execute(view);
  }

  private static String format(Object value) {
    if (value instanceof Html html) {
      return html.markup();
    }
    if (value instanceof Words words) {
      return words.html().markup();
    }
    return Html.escape(String.valueOf(value));
  }
}
