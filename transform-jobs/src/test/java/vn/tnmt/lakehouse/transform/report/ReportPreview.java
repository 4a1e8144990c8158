package vn.tnmt.lakehouse.transform.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class ReportPreview {
  public static void main(String[] args) throws IOException {
    Path out = Path.of(args[0]);
    Files.writeString(out.resolve("sample.html"), ReportPage.render(SampleNation.report()));
    Files.writeString(out.resolve("sample.json"), SampleNation.report().toJson());
  }
}
