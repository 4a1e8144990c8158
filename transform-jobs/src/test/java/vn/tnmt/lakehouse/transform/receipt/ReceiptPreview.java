package vn.tnmt.lakehouse.transform.receipt;

import java.nio.file.*;

public class ReceiptPreview {
  public static void main(String[] a) throws Exception {
    Files.writeString(Path.of(a[0], "receipt.html"), ReceiptPage.render(SampleReceipt.partly()));
    Files.writeString(Path.of(a[0], "receipt.json"), SampleReceipt.partly().toJson());
  }
}
