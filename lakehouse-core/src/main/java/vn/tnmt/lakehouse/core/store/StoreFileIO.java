package vn.tnmt.lakehouse.core.store;

import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.io.OutputFile;
import vn.tnmt.lakehouse.base.progress.Shutdown;

/**
 * Iceberg's S3FileIO that begins no file any more once the process is being ended: each has a
 * temporary one, and of those made in the middle of the end nobody would take the last away.
 */
public final class StoreFileIO extends S3FileIO {
  private static final long serialVersionUID = 1L;

  @Override
  public OutputFile newOutputFile(String path) {
    if (Shutdown.begun()) {
      throw new IllegalStateException("the process is ending");
    }
    return super.newOutputFile(path);
  }
}
