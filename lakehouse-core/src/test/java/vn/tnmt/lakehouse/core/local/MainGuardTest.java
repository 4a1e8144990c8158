package vn.tnmt.lakehouse.core.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.junit.jupiter.api.Test;

/** The manifests of releases, from where the catalogue reads them. */
class MainGuardTest {
  private static final TableIdentifier TABLE = TableIdentifier.of("water", "sample");
  private final InMemoryFileIO files = new InMemoryFileIO();

  private MainGuard guard(FileIO store) {
    return new MainGuard(() -> store, key -> "s3://tnmt/" + key, Optional::empty);
  }

  @Test
  void aManifestThatIsNoneIsABrokenPast() {
    files.addFile("s3://tnmt/releases/newest.json", "{\"releaseId\":".getBytes(UTF_8));
    assertThatThrownBy(() -> guard(files).requirePurgeable(TABLE))
        .isInstanceOf(ForbiddenException.class)
        .hasMessageStartingWith("TNMT-6006")
        .hasMessageContaining("releases/newest.json");
  }

  @Test
  void aTableOfNoReleaseMayGo() {
    assertThatCode(() -> guard(files).requirePurgeable(TABLE)).doesNotThrowAnyException();
  }

  @Test
  void aStoreThatBreaksOffIsNotABrokenPast() {
    assertThatThrownBy(() -> guard(new BreakingOff()).requirePurgeable(TABLE))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("premature end");
  }

  /** Files are there, but what is read of them ends too early. */
  private static final class BreakingOff extends InMemoryFileIO {
    private static final long serialVersionUID = 1L;

    @Override
    public InputFile newInputFile(String path) {
      return new InMemoryInputFile(path, new byte[100]) {
        @Override
        public SeekableInputStream newStream() {
          return new Premature();
        }
      };
    }
  }

  private static final class Premature extends SeekableInputStream {
    @Override
    public long getPos() {
      return 0;
    }

    @Override
    public void seek(long position) {}

    @Override
    public int read() throws IOException {
      throw new IOException("premature end");
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return read();
    }
  }
}
