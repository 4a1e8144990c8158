package vn.tnmt.lakehouse.core.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableMetadataParser.Codec;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.ByteBufferInputStream;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.shaded.com.github.benmanes.caffeine.cache.Cache;
import org.apache.iceberg.shaded.com.github.benmanes.caffeine.cache.Caffeine;
import org.apache.iceberg.view.ViewMetadataParser;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Files of tables whose metadata is looked at before Iceberg does: it tries a damaged file again
 * for minutes, as if it could heal, and stops at once only when a file is not found. Metadata files
 * never change, so each is looked at, and fetched, once: every request to the catalogue reads one.
 */
final class MetadataFiles implements FileIO {
  private static final long MOST_BYTES = 64L << 20;
  private static final String METADATA = ".metadata.json";

  /** A table's metadata that is there and cannot be read. */
  static final class Damaged extends NotFoundException {
    private static final long serialVersionUID = 1L;

    Damaged(String location, RuntimeException cause) {
      super(cause, "%s", location);
    }
  }

  /** A store that could not be asked to the end: it was asked again often enough by its client. */
  static final class Unread extends NotFoundException {
    private static final long serialVersionUID = 1L;

    Unread(String location, Throwable cause) {
      super(cause, "%s", location);
    }
  }

  private static final long serialVersionUID = 1L;

  private final FileIO files;
  private final transient Cache<String, byte[]> sound =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((String location, byte[] bytes) -> bytes.length)
          .build();

  MetadataFiles(FileIO files) {
    this.files = files;
  }

  @Override
  public InputFile newInputFile(String location) {
    InputFile file = files.newInputFile(location);
    return location.endsWith(METADATA) ? new Looked(file) : file;
  }

  @Override
  public OutputFile newOutputFile(String location) {
    OutputFile file = files.newOutputFile(location);
    return location.endsWith(METADATA) ? new Noted(file) : file;
  }

  @Override
  public void deleteFile(String location) {
    files.deleteFile(location);
    sound.invalidate(location);
  }

  @Override
  public Map<String, String> properties() {
    return files.properties();
  }

  @Override
  public void close() {
    files.close();
  }

  private final class Looked implements InputFile {
    private final InputFile file;

    Looked(InputFile file) {
      this.file = file;
    }

    @Override
    public SeekableInputStream newStream() {
      byte[] known = sound.getIfPresent(location());
      return ByteBufferInputStream.wrap(ByteBuffer.wrap(known == null ? looked() : known));
    }

    private byte[] looked() {
      byte[] bytes;
      try (SeekableInputStream in = file.newStream()) {
        bytes = in.readAllBytes();
      } catch (IOException | SdkException e) {
        throw new Unread(location(), e);
      }
      try {
        parse(bytes);
      } catch (IOException e) {
        throw new Damaged(location(), new UncheckedIOException(e));
      } catch (RuntimeException e) {
        throw new Damaged(location(), e);
      }
      sound.put(location(), bytes);
      return bytes;
    }

    private void parse(byte[] bytes) throws IOException {
      boolean packed = Codec.fromFileName(location()) == Codec.GZIP;
      InputStream plain = new ByteArrayInputStream(bytes);
      String json =
          new String(
              (packed ? new GZIPInputStream(plain) : plain).readAllBytes(), StandardCharsets.UTF_8);
      if (json.contains("\"view-uuid\"")) {
        ViewMetadataParser.fromJson(location(), json);
      } else {
        TableMetadataParser.fromJson(location(), json);
      }
    }

    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }
  }

  /** A metadata file that is kept as it is written. */
  private final class Noted implements OutputFile {
    private final OutputFile file;

    Noted(OutputFile file) {
      this.file = file;
    }

    @Override
    public PositionOutputStream create() {
      return new NotedStream(file.create());
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return new NotedStream(file.createOrOverwrite());
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public InputFile toInputFile() {
      return newInputFile(location());
    }

    private final class NotedStream extends PositionOutputStream {
      private final PositionOutputStream out;
      private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

      NotedStream(PositionOutputStream out) {
        this.out = out;
      }

      @Override
      public void write(int value) throws IOException {
        out.write(value);
        copy.write(value);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        copy.write(bytes, offset, length);
      }

      @Override
      public long getPos() throws IOException {
        return out.getPos();
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void close() throws IOException {
        out.close();
        sound.put(location(), copy.toByteArray());
      }
    }
  }
}
