package vn.tnmt.lakehouse.ingestion.format.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.SourceFailure;

/** The pages of one row group, read and unpacked when they are asked for. */
final class ParquetPages implements PageReadStore {
  /** Bytes of one page, unpacked. */
  private static final int MAX_PAGE = 256 << 20;

  /** Codecs that are unpacked here. */
  static final Set<CompressionCodec> CODECS =
      EnumSet.of(
          CompressionCodec.UNCOMPRESSED,
          CompressionCodec.SNAPPY,
          CompressionCodec.GZIP,
          CompressionCodec.ZSTD,
          CompressionCodec.LZ4_RAW);

  private final FileChannel file;
  private final RowGroup group;
  private final MessageType schema;

  /**
   * @param schema the whole file's; groups hold its columns in its order
   */
  ParquetPages(FileChannel file, RowGroup group, MessageType schema) {
    this.file = file;
    this.group = group;
    this.schema = schema;
  }

  /** A damage in our own words. */
  static final class Damage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Damage(String words) {
      super(words, null, false, false);
    }
  }

  @Override
  public long getRowCount() {
    return group.getNum_rows();
  }

  /** Groups hold columns in the schema's order; where one does not, the path is looked for. */
  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    int place = schema.getColumns().indexOf(column);
    List<ColumnChunk> chunks = group.getColumns();
    Stream<ColumnMetaData> atItsPlace =
        chunks.stream()
            .skip(Math.max(0, place))
            .limit(place < 0 ? 0 : 1)
            .map(ColumnChunk::getMeta_data)
            .filter(data -> isOf(data, column));
    Stream<ColumnMetaData> elsewhere =
        chunks.stream()
            .map(ColumnChunk::getMeta_data)
            .filter(
                data ->
                    data != null
                        && data.getPath_in_schema().equals(Arrays.asList(column.getPath())));
    return Stream.concat(atItsPlace, elsewhere)
        .findFirst()
        .map(data -> new Pages(data, column.getPrimitiveType()))
        .orElseThrow(
            () -> new Damage("không có cột / no column " + String.join(".", column.getPath())));
  }

  /** Whether paths are equal but for the numbers that {@link ParquetSchema} gives. */
  private static boolean isOf(@Nullable ColumnMetaData data, ColumnDescriptor column) {
    String[] path = column.getPath();
    return data != null
        && data.getPath_in_schema().size() == path.length
        && IntStream.range(0, path.length)
            .allMatch(
                i ->
                    path[i].equals(data.getPath_in_schema().get(i))
                        || path[i].startsWith(data.getPath_in_schema().get(i) + "#"));
  }

  private final class Pages implements PageReader {
    private final ColumnMetaData data;
    private final PrimitiveType type;
    private final InputStream in;
    private long values;
    private @Nullable DataPage first;

    Pages(ColumnMetaData data, PrimitiveType type) {
      this.data = data;
      this.type = type;
      long begin = data.getData_page_offset();
      if (data.isSetDictionary_page_offset() && data.getDictionary_page_offset() > 0) {
        begin = Math.min(begin, data.getDictionary_page_offset());
      }
      if (begin < 0 || data.getTotal_compressed_size() < 0) {
        throw new Damage("vị trí của cột / place of a column");
      }
      this.in =
          new BufferedInputStream(
              new Range(file, begin, begin + data.getTotal_compressed_size()), 1 << 14);
    }

    @Override
    public long getTotalValueCount() {
      return data.getNum_values();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
      Object page = next();
      if (page instanceof DictionaryPage dictionary) {
        return dictionary;
      }
      first = (DataPage) page;
      return null;
    }

    @Override
    public @Nullable DataPage readPage() {
      if (first != null) {
        DataPage page = first;
        first = null;
        return page;
      }
      return next() instanceof DataPage page ? page : null;
    }

    /** The next page; null when all values were given. */
    private @Nullable Object next() {
      try {
        while (values < data.getNum_values()) {
          PageHeader header = Util.readPageHeader(in);
          int packed = header.getCompressed_page_size();
          int size = header.getUncompressed_page_size();
          if (packed < 0 || size < 0 || packed > MAX_PAGE || size > MAX_PAGE) {
            throw new Damage("kích thước trang / size of a page");
          }
          byte[] bytes = in.readNBytes(packed);
          if (bytes.length < packed) {
            throw new Damage("trang bị cắt / a page is cut off");
          }
          if (header.isSetCrc() && header.getCrc() != checksum(bytes)) {
            throw new Damage("tổng kiểm tra của trang / checksum of a page");
          }
          if (header.getType() == PageType.DICTIONARY_PAGE) {
            return new DictionaryPage(
                BytesInput.from(unpacked(bytes, 0, size)),
                header.getDictionary_page_header().getNum_values(),
                encoding(header.getDictionary_page_header().getEncoding()));
          }
          if (header.getType() == PageType.DATA_PAGE) {
            return page(header.getData_page_header(), bytes, size);
          }
          if (header.getType() == PageType.DATA_PAGE_V2) {
            return page(header.getData_page_header_v2(), bytes, size);
          }
        }
        return null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private DataPage page(DataPageHeader header, byte[] bytes, int size) throws IOException {
      count(header.getNum_values());
      return new DataPageV1(
          BytesInput.from(unpacked(bytes, 0, size)),
          header.getNum_values(),
          size,
          Statistics.createStats(type),
          encoding(header.getRepetition_level_encoding()),
          encoding(header.getDefinition_level_encoding()),
          encoding(header.getEncoding()));
    }

    private DataPage page(DataPageHeaderV2 header, byte[] bytes, int size) throws IOException {
      count(header.getNum_values());
      int repetition = header.getRepetition_levels_byte_length();
      int definition = header.getDefinition_levels_byte_length();
      int levels = Math.addExact(repetition, definition);
      if (repetition < 0 || definition < 0 || levels > bytes.length || levels > size) {
        throw new Damage("các mức của trang / levels of a page");
      }
      byte[] values =
          header.isSetIs_compressed() && !header.isIs_compressed()
              ? Arrays.copyOfRange(bytes, levels, bytes.length)
              : unpacked(bytes, levels, size - levels);
      return DataPageV2.uncompressed(
          header.getNum_rows(),
          header.getNum_nulls(),
          header.getNum_values(),
          BytesInput.from(bytes, 0, repetition),
          BytesInput.from(bytes, repetition, definition),
          encoding(header.getEncoding()),
          BytesInput.from(values),
          Statistics.createStats(type));
    }

    private void count(int more) {
      if (more < 0) {
        throw new Damage("số giá trị của trang / values of a page");
      }
      values += more;
    }

    private byte[] unpacked(byte[] bytes, int from, int size) throws IOException {
      CompressionCodec codec = data.getCodec();
      int length = bytes.length - from;
      if (length == 0 && size == 0) {
        return new byte[0];
      }
      byte[] plain;
      switch (codec) {
        case UNCOMPRESSED -> plain = Arrays.copyOfRange(bytes, from, bytes.length);
        case GZIP -> {
          try (InputStream gzip =
              new GZIPInputStream(new ByteArrayInputStream(bytes, from, length))) {
            plain = gzip.readNBytes(size);
          }
        }
        case SNAPPY -> plain = decompress(new SnappyDecompressor(), bytes, from, size);
        case ZSTD -> plain = decompress(new ZstdDecompressor(), bytes, from, size);
        case LZ4_RAW -> plain = decompress(new Lz4Decompressor(), bytes, from, size);
        default -> throw new Damage("cách nén / codec " + codec);
      }
      if (plain.length != size) {
        throw new Damage("trang dài khác với độ dài ghi / a page is not as long as it says");
      }
      return plain;
    }

    private static byte[] decompress(Decompressor codec, byte[] bytes, int from, int size) {
      byte[] plain = new byte[size];
      int length = codec.decompress(bytes, from, bytes.length - from, plain, 0, size);
      return length == size ? plain : Arrays.copyOf(plain, length);
    }

    private static int checksum(byte[] bytes) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return (int) crc.getValue();
    }

    private static Encoding encoding(org.apache.parquet.format.@Nullable Encoding of) {
      if (of == null) {
        throw new Damage("cách mã hóa của trang / encoding of a page");
      }
      return Encoding.valueOf(of.name());
    }
  }

  /** A part of a file as a stream. */
  private static final class Range extends InputStream {
    private final FileChannel file;
    private final long end;
    private long at;

    Range(FileChannel file, long begin, long end) {
      this.file = file;
      this.at = begin;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (at >= end) {
        return -1;
      }
      try {
        int read = file.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, end - at)), at);
        at += Math.max(0, read);
        return read;
      } catch (IOException e) {
        throw new SourceFailure(e);
      }
    }
  }
}
