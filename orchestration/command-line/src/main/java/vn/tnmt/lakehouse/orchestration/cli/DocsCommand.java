package vn.tnmt.lakehouse.orchestration.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.SettingCatalogue;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.dictionary.Dictionary;
import vn.tnmt.lakehouse.transform.national.NationalDatasets;

/** {@code tnmt docs}: writes what is generated of the documentation, after a change. */
@Command(
    name = "docs",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Write docs/dictionary and docs/settings.md anew.")
final class DocsCommand implements Callable<Integer> {
  static final String SETTINGS = "settings.md";
  static final String DICTIONARY = "dictionary";

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "docs",
      description = "The documentation's folder (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "không có thư mục này / there is no such folder",
          folder.toString(),
          "run it at the top of the source tree, or name the folder");
    }
    Dictionary.write(folder.resolve(DICTIONARY), dictionary());
    Files.writeString(folder.resolve(SETTINGS), SettingCatalogue.markdown());
    return 0;
  }

  /** File name → text of all that there is to say of the datasets. */
  static Map<String, String> dictionary() {
    Contracts contracts = Contracts.bundled();
    return Dictionary.pages(contracts, NationalDatasets.registered(contracts).computations());
  }
}
