package vn.tnmt.lakehouse.core.store;

import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import vn.tnmt.lakehouse.base.progress.Shutdown;

/**
 * Iceberg's S3FileIO as a night uses it: {@link SmallFiles} are fetched once.
 *
 * <p>It begins no file any more once the process is being ended: each has a temporary one, and of
 * those made in the middle of the end nobody would take the last away.
 */
public final class StoreFileIO extends S3FileIO {
  private static final long serialVersionUID = 1L;

  /** From now on every file is read from the store anew: for those who ask whether it still is. */
  public static void forgetAll() {
    SmallFiles.forgetAll();
  }

  /** A file of a size that the caller does not know: manifests, mostly, and their lists. */
  @Override
  public InputFile newInputFile(String path) {
    InputFile file = super.newInputFile(path);
    return path.endsWith(".avro") ? SmallFiles.of(file) : file;
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    InputFile file = super.newInputFile(path, length);
    return length <= SmallFiles.MOST_BYTES ? SmallFiles.of(file) : file;
  }

  @Override
  public OutputFile newOutputFile(String path) {
    requireRunning();
    return new Begun(super.newOutputFile(path));
  }

  @Override
  public void deleteFile(String path) {
    super.deleteFile(path);
    SmallFiles.forget(path);
  }

  @Override
  public void deleteFiles(Iterable<String> paths) {
    paths.forEach(SmallFiles::forget);
    super.deleteFiles(paths);
    paths.forEach(SmallFiles::forget); // whoever was reading meanwhile
  }

  private static void requireRunning() {
    if (Shutdown.begun()) {
      throw new IllegalStateException("the process is ending");
    }
  }

  /** A file that is asked for early and begun late: between the two the process may be ended. */
  private record Begun(OutputFile file) implements OutputFile {
    @Override
    public PositionOutputStream create() {
      requireRunning();
      return file.create();
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      requireRunning();
      return file.createOrOverwrite();
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public InputFile toInputFile() {
      return file.toInputFile();
    }
  }
}
