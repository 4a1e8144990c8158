package vn.tnmt.lakehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

final class SmallFilesTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void aSmallFileIsFetchedOnceWithItsSize() throws IOException {
    byte[] bytes = {10, 11, 12, 13, 14};
    LAKE.lakehouse().store().put("files/small.avro", bytes);
    FileIO files = files();
    StoreRequests before = StoreRequests.soFar();
    for (int i = 0; i < 3; i++) {
      InputFile file = files.newInputFile(location("files/small.avro"));
      assertThat(file.getLength()).isEqualTo(5);
      try (SeekableInputStream in = file.newStream()) {
        in.seek(3);
        assertThat(in.read()).isEqualTo(13);
        in.seek(0);
        assertThat(in.readAllBytes()).isEqualTo(bytes);
      }
    }
    assertThat(StoreRequests.soFar().since(before)).isEqualTo(new StoreRequests(0, 1, 0, 0, 0));
  }

  @Test
  void aLargeFileIsReadAsItIsNeeded() throws IOException {
    byte[] bytes = new byte[SmallFiles.MOST_BYTES + 1];
    bytes[SmallFiles.MOST_BYTES] = 7;
    LAKE.lakehouse().store().put("files/large.avro", bytes);
    InputFile file = files().newInputFile(location("files/large.avro"));
    assertThat(file.getLength()).isEqualTo(bytes.length);
    try (SeekableInputStream in = file.newStream()) {
      in.seek(SmallFiles.MOST_BYTES);
      assertThat(in.read()).isEqualTo(7);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void whatIsDeletedOrAskedForAnewIsNotAnsweredFromMemory() throws IOException {
    LAKE.lakehouse().store().put("files/gone.avro", new byte[] {1});
    FileIO files = files();
    assertThat(first(files, "files/gone.avro")).isEqualTo(1);
    files.deleteFile(location("files/gone.avro"));
    assertThatThrownBy(() -> first(files, "files/gone.avro")).isInstanceOf(NotFoundException.class);

    LAKE.lakehouse().store().put("files/bulk.avro", new byte[] {1});
    assertThat(first(files, "files/bulk.avro")).isEqualTo(1);
    ((SupportsBulkOperations) files).deleteFiles(List.of(location("files/bulk.avro")));
    assertThatThrownBy(() -> first(files, "files/bulk.avro")).isInstanceOf(NotFoundException.class);

    LAKE.lakehouse().store().put("files/damaged.avro", new byte[] {1});
    assertThat(first(files, "files/damaged.avro")).isEqualTo(1);
    LAKE.lakehouse().store().put("files/damaged.avro", new byte[] {2});
    StoreFileIO.forgetAll();
    assertThat(first(files, "files/damaged.avro")).isEqualTo(2);
  }

  private static int first(FileIO files, String key) throws IOException {
    try (SeekableInputStream in = files.newInputFile(location(key), 1).newStream()) {
      return in.read();
    }
  }

  private static String location(String key) {
    return LAKE.lakehouse().access().store().location(key);
  }

  private static FileIO files() {
    return CatalogUtil.loadFileIO(
        StoreFileIO.class.getName(), LAKE.lakehouse().access().store().icebergProperties(), null);
  }
}
