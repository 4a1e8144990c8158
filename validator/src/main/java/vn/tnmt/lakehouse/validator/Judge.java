package vn.tnmt.lakehouse.validator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.engine.ContentHash;
import vn.tnmt.lakehouse.ingestion.engine.RowEngine;
import vn.tnmt.lakehouse.ingestion.engine.Verdict;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.feed.Readers;
import vn.tnmt.lakehouse.ingestion.settle.Fate;
import vn.tnmt.lakehouse.ingestion.settle.Fate.Outcome;
import vn.tnmt.lakehouse.ingestion.settle.KeyText;
import vn.tnmt.lakehouse.ingestion.settle.Settling;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.receipt.RejectedRecord;
import vn.tnmt.lakehouse.transform.receipt.Rejects;
import vn.tnmt.lakehouse.transform.receipt.RejectsFiles;
import vn.tnmt.lakehouse.transform.receipt.RejectsForm;

/**
 * Judges the files of one feed as one delivery. They are read twice: first every record is judged
 * alone and its key noted, then, with the keys compared, every record is told its outcome. Memory
 * does not grow with the files ({@link Settling}); a file that changes in between is an error.
 */
public final class Judge {
  private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

  private final Bundle bundle;
  private final LocalDate date;
  private final References references;

  /**
   * @param date business date: the day as whose delivery the files are judged
   */
  public Judge(Bundle bundle, LocalDate date) {
    this.bundle = bundle;
    this.date = date;
    this.references = new References(bundle);
  }

  /** Is told about every record. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Takes one record.
     *
     * @param outcome one of the four that the ledger knows
     * @param breaches every rule broken
     */
    void record(String file, long line, int part, Outcome outcome, List<Breach> breaches);
  }

  /**
   * Judges files.
   *
   * @param out folder for {@code rejects.csv} and {@code rejects.xlsx}; null to write none
   * @throws TnmtException {@code TNMT-1001} when a file cannot be read or changes meanwhile
   */
  public Receipt judge(Feed feed, List<SubmittedFile> files, Path out, Listener listener) {
    List<SubmittedFile> sorted = files.stream().sorted(SubmittedFile.ORDER).toList();
    try (Workspace work = Workspace.create();
        OneDelivery delivery =
            new OneDelivery(
                feed, bundle.contracts().contract(feed.dataset()), sorted, work.folder())) {
      return delivery.judge(out, listener);
    } catch (IOException | UncheckedIOException e) {
      throw TnmtException.of(
          ErrorCode.SOURCE_UNREADABLE,
          "không đọc hoặc không ghi được tệp / a file cannot be read or written",
          feed.id().toString(),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  private final class OneDelivery implements AutoCloseable {
    private final Feed feed;
    private final Contract contract;
    private final List<SubmittedFile> files;
    private final RecordReader reader;
    private final RowEngine engine;
    private final RuleContext context;
    private final Settling settling;
    private final References.Of referencesOfContract;
    private final RejectsForm.Columns columns = new RejectsForm.Columns();
    private final Set<Header> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> digests = new ArrayList<>();
    private final Sampling sampling;
    private long bytes;

    OneDelivery(Feed feed, Contract contract, List<SubmittedFile> files, Path work)
        throws IOException {
      this.feed = feed;
      this.contract = contract;
      this.files = files;
      this.reader = Readers.of(feed, contract);
      this.engine = RowEngine.compile(feed, contract, bundle.lists());
      this.context = new RuleContext(date.plusDays(1).atStartOfDay(VIETNAM).toInstant(), date);
      this.settling = new Settling(contract, work);
      this.referencesOfContract = references.of(contract);
      this.sampling = Sampling.of(bundle, feed, contract, files);
    }

    Receipt judge(Path out, Listener listener) throws IOException {
      for (int i = 0; i < files.size(); i++) {
        int source = i;
        sampling.begin(files.get(i));
        digests.add(
            read(
                files.get(i),
                (file, record, verdict) -> {
                  note(record);
                  sampling.add(record);
                  if (!verdict.blocked() && referencesOfContract.broken(verdict.row()) == null) {
                    settling.add(
                        source,
                        record.line(),
                        record.part(),
                        verdict.row(),
                        ContentHash.of(verdict.row()));
                  }
                }));
        bytes += files.get(i).size();
      }
      try (Telling telling = new Telling(settling.settle(), out, listener)) {
        for (int i = 0; i < files.size(); i++) {
          if (!read(files.get(i), telling::record).equals(digests.get(i))) {
            throw TnmtException.of(
                ErrorCode.SOURCE_UNREADABLE,
                "tệp thay đổi trong lúc kiểm tra / the file changed while it was checked",
                files.get(i).path(),
                "check it again when it is complete");
          }
        }
        return receipt(telling.tally, telling.finish());
      }
    }

    /** The publisher's columns, for the rejected rows. */
    private void note(RawRecord record) {
      if (!record.cells().isEmpty()) {
        Header header = Cells.copyOf(record.cells()).header();
        if (seen.size() < RejectsForm.MOST_COLUMNS && seen.add(header)) {
          columns.add(header.names(), record.part());
        }
      }
    }

    /** Reads one file through reader and engine; gives the SHA-256 of its bytes. */
    private String read(SubmittedFile submitted, Use use) throws IOException {
      SourceFile file =
          new SourceFile(
              submitted.path(),
              submitted.size(),
              feed.transport().pattern().match(submitted.path()).isPresent());
      MessageDigest digest = sha256();
      try (InputStream in = new DigestInputStream(submitted.open(), digest)) {
        try (RecordReader.Records records = reader.open(file, in)) {
          while (records.hasNext()) {
            RawRecord record = records.next();
            SourceFile of = records.file(file); // a member, when the file is an archive
            use.record(of, record, engine.apply(record, of, context));
          }
        }
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    }

    private Receipt receipt(Tally tally, Rejects rejects) {
      MessageDigest content = sha256();
      MessageDigest identity = sha256();
      update(identity, feed.id().toString());
      for (int i = 0; i < files.size(); i++) {
        update(content, files.get(i).path());
        update(content, digests.get(i));
        update(identity, files.get(i).path());
        update(identity, digests.get(i));
        update(identity, "");
      }
      return new Receipt(
          HexFormat.of().formatHex(identity.digest()).substring(0, 20),
          feed.publisher().id(),
          new Words(feed.publisher().nameVi(), feed.publisher().nameEn()),
          feed.id(),
          feed.dataset(),
          new Words(contract.titleVi(), contract.titleEn()),
          contract.version(),
          "",
          date,
          Instant.now(),
          files.size(),
          bytes,
          HexFormat.of().formatHex(content.digest()),
          tally.counts(),
          tally.rules(bundle.texts()),
          rejects,
          sampling.answer(date, bytes),
          new Receipt.Offline(bundle.id(), referencesOfContract.atTheMinistry()));
    }

    /** As the platform does, so that both name the same content alike. */
    private void update(MessageDigest digest, String text) {
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }

    @Override
    public void close() throws IOException {
      settling.close();
    }

    /** The second reading. */
    private final class Telling implements AutoCloseable {
      private final Iterator<Fate> fates;
      private final @Nullable Path out;
      private final Listener listener;
      private final Tally tally = new Tally();
      private @Nullable Fate next;
      private long sequence;
      private @Nullable RejectsFiles rejects;

      Telling(Iterator<Fate> fates, Path out, Listener listener) {
        this.fates = fates;
        this.out = out;
        this.listener = listener;
        this.next = fates.hasNext() ? fates.next() : null;
      }

      void record(SourceFile file, RawRecord record, Verdict verdict) throws IOException {
        List<Breach> breaches = verdict.breaches();
        Outcome outcome = Outcome.QUARANTINED;
        if (!verdict.blocked()) {
          Breach broken = referencesOfContract.broken(verdict.row());
          if (broken == null) {
            outcome = fate();
            broken =
                outcome == Outcome.QUARANTINED
                    ? BuiltInRules.CONFLICTING_DUPLICATE.breach(
                        String.join(", ", contract.key()), KeyText.of(contract, verdict.row()), "")
                    : null;
          }
          if (broken != null) {
            breaches = new ArrayList<>(breaches);
            breaches.add(broken);
          }
        }
        if (outcome == Outcome.ACCEPTED) {
          references.accepted(contract, verdict.row());
        }
        tally.add(file.path(), record.line(), outcome, breaches);
        listener.record(file.path(), record.line(), record.part(), outcome, breaches);
        if (outcome == Outcome.QUARANTINED && out != null) {
          reject(file, record, breaches);
        }
      }

      private Outcome fate() {
        long number = sequence++;
        if (next == null || next.sequence() != number) {
          return Outcome.ACCEPTED;
        }
        Outcome outcome = next.outcome();
        next = fates.hasNext() ? fates.next() : null;
        return outcome;
      }

      private void reject(SourceFile file, RawRecord record, List<Breach> breaches)
          throws IOException {
        if (rejects == null) {
          Files.createDirectories(out);
          rejects =
              RejectsFiles.create(
                  out.resolve("rejects.csv"),
                  out.resolve("rejects.xlsx"),
                  RejectsForm.of(feed, columns),
                  bundle.texts());
        }
        Cells cells = Cells.copyOf(record.cells());
        rejects.add(
            new RejectedRecord(
                file.path(),
                record.line(),
                record.part(),
                cells.header().names(),
                List.copyOf(cells.values()),
                record.text(),
                breaches));
      }

      Rejects finish() throws IOException {
        return rejects == null ? Rejects.NONE : rejects.finish();
      }

      @Override
      public void close() throws IOException {
        if (rejects != null) {
          rejects.close();
        }
      }
    }
  }

  /** What is done with a judged record. */
  @FunctionalInterface
  private interface Use {
    void record(SourceFile file, RawRecord record, Verdict verdict) throws IOException;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
