package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.DimensionsRecord;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FilePassRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.MergeCellsRecord;
import org.apache.poi.hssf.record.MulRKRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.RKRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactory;
import org.apache.poi.hssf.record.RecordInputStream;
import org.apache.poi.hssf.record.RowRecord;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.hssf.record.WriteProtectRecord;
import org.apache.poi.poifs.crypt.Decryptor;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.util.RecordFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a workbook stream that hold data. Only these are taken apart: whatever is wrong
 * with drawings, names, views and other records without data costs nothing.
 */
final class XlsRecords {
  private static final Set<Short> DATA =
      Set.of(
          BOFRecord.sid,
          EOFRecord.sid,
          BoundSheetRecord.sid,
          SSTRecord.sid,
          DateWindow1904Record.sid,
          FormatRecord.sid,
          ExtendedFormatRecord.sid,
          NumberRecord.sid,
          RKRecord.sid,
          MulRKRecord.sid,
          LabelSSTRecord.sid,
          LabelRecord.sid,
          BoolErrRecord.sid,
          FormulaRecord.sid,
          StringRecord.sid);

  /** Records that tell of the sheet as a whole: a broken one says nothing. */
  private static final Set<Short> HINTS =
      Set.of(MergeCellsRecord.sid, DimensionsRecord.sid, RowRecord.sid);

  private static final int HEADER = 4;

  private final RecordInputStream in;
  private final Deque<Record> ready = new ArrayDeque<>();

  /** POI throws runtime exceptions for content that it cannot read. */
  XlsRecords(InputStream stream) {
    RecordInputStream plain = new RecordInputStream(stream);
    RecordInputStream decrypted = null;
    int size = 0;
    // What comes before the record of the encryption is never encrypted itself.
    while (decrypted == null && plain.hasNextRecord()) {
      plain.nextRecord();
      size += HEADER + plain.remaining();
      short type = plain.getSid();
      if (type == FilePassRecord.sid) {
        decrypted = decrypted(stream, new FilePassRecord(plain), size);
      } else if (type == BOFRecord.sid) {
        take(plain);
      } else {
        take(plain);
        if (type != WriteProtectRecord.sid) {
          break;
        }
      }
    }
    this.in = decrypted == null ? plain : decrypted;
  }

  /** Workbooks that are only protected from changes have a password that everybody knows. */
  private static RecordInputStream decrypted(InputStream stream, FilePassRecord pass, int size) {
    EncryptionInfo info = pass.getEncryptionInfo();
    try {
      if (!info.getDecryptor().verifyPassword(Decryptor.DEFAULT_PASSWORD)) {
        throw new EncryptedDocumentException("password");
      }
    } catch (GeneralSecurityException e) {
      throw new EncryptedDocumentException(e);
    }
    return new RecordInputStream(stream, info, size);
  }

  /** The next record that holds data, or null at the end of the stream. */
  @Nullable Record next() {
    while (ready.isEmpty()) {
      if (!in.hasNextRecord()) {
        return null;
      }
      in.nextRecord();
      take(in);
    }
    return ready.poll();
  }

  private void take(RecordInputStream from) {
    short type = from.getSid();
    boolean hint = HINTS.contains(type);
    if (hint || DATA.contains(type)) {
      try {
        ready.addAll(Arrays.asList(RecordFactory.createRecord(from)));
      } catch (RecordFormatException | IllegalArgumentException | IllegalStateException e) {
        if (!hint) {
          throw e;
        }
      }
    }
    from.readRemainder();
  }
}
