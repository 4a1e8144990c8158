package vn.tnmt.lakehouse.validator;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;

/** A folder for temporary files that goes away with all that is in it, however this ends. */
record Workspace(Path folder) implements Closeable {
  static Workspace create() throws IOException {
    return new Workspace(TemporaryFiles.folder("tnmt-validator"));
  }

  @Override
  public void close() throws IOException {
    TemporaryFiles.delete(folder);
  }
}
