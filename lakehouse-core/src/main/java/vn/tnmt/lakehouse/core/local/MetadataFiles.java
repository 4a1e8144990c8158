package vn.tnmt.lakehouse.core.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableMetadataParser.Codec;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.view.ViewMetadataParser;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Files of tables whose metadata is looked at before Iceberg does: it tries a damaged file again
 * for minutes, as if it could heal, and stops at once only when a file is not found. Metadata files
 * never change, so each is looked at once.
 */
final class MetadataFiles implements FileIO {
  private static final int REMEMBERED = 4096;
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
  private final transient Set<String> sound =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  MetadataFiles(FileIO files) {
    this.files = files;
  }

  @Override
  public InputFile newInputFile(String location) {
    InputFile file = files.newInputFile(location);
    return location.endsWith(METADATA) && !sound.contains(location) ? new Looked(file) : file;
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return files.newOutputFile(location);
  }

  @Override
  public void deleteFile(String location) {
    files.deleteFile(location);
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
      sound.add(location());
      return new Bytes(bytes);
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

  /** What was looked at need not be fetched again. */
  private static final class Bytes extends SeekableInputStream {
    private final byte[] bytes;
    private ByteArrayInputStream rest;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
      this.rest = new ByteArrayInputStream(bytes);
    }

    @Override
    public long getPos() {
      return (long) bytes.length - rest.available();
    }

    @Override
    public void seek(long position) {
      int from = Math.toIntExact(position);
      rest = new ByteArrayInputStream(bytes, from, bytes.length - from);
    }

    @Override
    public int read() {
      return rest.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return rest.read(buffer, offset, length);
    }
  }
}
