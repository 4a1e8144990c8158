package vn.tnmt.lakehouse.ingestion.collect.https;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;
import vn.tnmt.lakehouse.ingestion.collect.offer.SortedListing;
import vn.tnmt.lakehouse.ingestion.collect.offer.Tally;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;
import vn.tnmt.lakehouse.ingestion.collect.transfer.RemoteFault;
import vn.tnmt.lakehouse.ingestion.collect.transfer.RemoteFile;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Tries;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/**
 * Files of a web server. Nothing is asked of a file before it is opened: those that the night does
 * not want cost no request, those received before one, which the server answers with 304.
 */
final class HttpOffer implements Offer {
  private static final int MANIFEST_BYTES = 64 << 20;
  private static final SortedListing.Entry NO_ENTRY =
      new SortedListing.Entry("", "", -1, 0, "", "", false);

  /** What opens a file: its entry, and the version of it that was received last or null. */
  private record Wanted(SortedListing.Entry entry, EarlierFiles.Version before) {}

  private final Feed feed;
  private final Http transport;
  private final Attempts attempts;
  private final WebSession session;
  private final WebFiles files;
  private final SortedListing listing;
  private final Tally tally;
  private final Set<String> unreachable = new HashSet<>();

  private SortedListing.Entry entry = NO_ENTRY;
  private @Nullable Offered opened;
  private @Nullable RemoteFile body;
  private String trouble = "";
  private String firstTrouble = "";
  private boolean absent;
  private boolean anySuccess;

  private HttpOffer(
      Feed feed,
      Http transport,
      Attempts attempts,
      WebSession session,
      SortedListing listing,
      Tally tally) {
    this.feed = feed;
    this.transport = transport;
    this.attempts = attempts;
    this.session = session;
    this.files = new WebFiles(session, transport.policy(), attempts);
    this.listing = listing;
    this.tally = tally;
  }

  static HttpOffer open(Http transport, OfferRequest request) {
    Feed feed = request.feed();
    Attempts attempts = new Attempts(transport.policy());
    // Of a day's template any day has the origin.
    Set<String> trusted =
        transport.urls().stream()
            .map(named -> WebAddress.origin(URI.create(named.url().on(LocalDate.EPOCH))))
            .collect(Collectors.toUnmodifiableSet());
    WebSession session = new WebSession(transport, attempts, trusted, feed.place().toString());
    HttpOffer offer =
        new HttpOffer(
            feed,
            transport,
            attempts,
            session,
            new SortedListing(request.work(), request.chunk(), request.tally()),
            request.tally());
    try {
      offer.list(request.from());
      return offer;
    } catch (IOException e) {
      offer.closeQuietly(e);
      throw offer.impossible(Tries.told(e), RemoteFault.code(e));
    } catch (RuntimeException e) {
      offer.closeQuietly(e);
      throw e;
    }
  }

  private void list(LocalDate from) throws IOException {
    URI first = URI.create(transport.urls().get(0).url().on(LocalDate.EPOCH));
    switch (transport.kind()) {
      case URLS -> listUrls(from);
      case MANIFEST -> {
        WebFiles.Document manifest = files.document(first, MANIFEST_BYTES);
        anySuccess = true;
        new WebManifest(manifest.uri(), listing, tally).read(manifest.bytes());
      }
      case INDEX -> {
        FilePattern pattern = transport.pattern();
        // A day's slack: a folder may be named by another time zone than the files in it.
        new WebIndex(
                files,
                folder -> !pattern.dated() || pattern.mayHold(folder, from.minusDays(1)),
                listing,
                tally)
            .read(first);
        anySuccess = true;
      }
    }
  }

  private void listUrls(LocalDate from) throws IOException {
    for (Http.Named named : transport.urls()) {
      boolean daily = named.url().dated();
      LocalDate day = daily ? from : LocalDate.EPOCH;
      // The last day is the business date, from which the first was counted back.
      for (int i = 0; i <= (daily ? transport.lookbackDays() : 0); i++, day = day.plusDays(1)) {
        listing.add(
            new SortedListing.Entry(
                named.path().on(day), named.url().on(day), -1, 0, "", "", !daily));
      }
    }
  }

  @Override
  public @Nullable Offered next(EarlierFiles earlier) throws IOException {
    if (anySuccess && attempts.expired() && listing.left() > 0) {
      tally.leftUnstable += listing.left();
      tally.note(
          "quá thời hạn, để lại %1$d tệp cho lần sau / the deadline has passed, %1$d files are left for the next run"
              .formatted(listing.left()));
      return null;
    }
    SortedListing.Entry next = listing.next();
    if (next == null) {
      if (!anySuccess && !firstTrouble.isEmpty()) {
        throw impossible(
            firstTrouble, absent ? ErrorCode.SOURCE_MISSING : ErrorCode.SOURCE_UNREADABLE);
      }
      return null;
    }
    EarlierFiles.Version before = earlier.newest(next.path());
    boolean promised =
        before != null && !next.sha256().isEmpty() && next.sha256().equals(before.sha256());
    return new Offered(
        next.path(), new Wanted(next, before), next.size(), next.modifiedNanos(), "", promised);
  }

  @Override
  public InputStream open(Offered file) {
    Wanted wanted = (Wanted) file.source();
    entry = wanted.entry();
    body = null;
    trouble = "";
    opened = new Offered(file.path(), wanted, 0, 0, "", false);
    URI uri = URI.create(entry.source());
    try {
      String objection = objection(uri);
      if (objection.isEmpty()) {
        open(file, uri, wanted.before());
      } else {
        trouble = objection;
      }
    } catch (RemoteFault e) {
      failed(uri, e.getMessage(), e.kind() == RemoteFault.Kind.DENIED);
    } catch (IOException e) {
      if (!session.hasAnswered(uri)) {
        unreachable.add(WebAddress.origin(uri));
      }
      failed(uri, Tries.told(e), false);
    } catch (TnmtException e) {
      // The deadline. What was read before it stays.
      if (!anySuccess) {
        throw e;
      }
      trouble = e.getMessage();
    }
    return body == null ? InputStream.nullInputStream() : body;
  }

  /** A manifest may name any address. */
  private String objection(URI uri) {
    String objection =
        WebAddress.objection(
            URI.create(transport.urls().get(0).url().on(LocalDate.EPOCH)), uri, session.trusted());
    if (objection.isEmpty() && unreachable.contains(WebAddress.origin(uri))) {
      return "máy chủ không trả lời, không thử nữa / the server does not answer, not tried again";
    }
    return objection;
  }

  private void open(Offered file, URI uri, EarlierFiles.@Nullable Version before)
      throws IOException {
    WebFiles.Opened answer = files.open(uri, before, transport.policy().maxFileBytes());
    switch (answer.state()) {
      case ABSENT -> {
        if (entry.promised()) {
          absent |= firstTrouble.isEmpty();
          failed(uri, "không có tệp này / there is no such file (HTTP 404)", false);
        } else {
          // A day without a file; that the server says so is a success.
          anySuccess = true;
          opened = null;
        }
      }
      case UNTOUCHED -> {
        anySuccess = true;
        opened = new Offered(file.path(), file.source(), file.size(), 0, "", true);
      }
      case HERE -> {
        anySuccess = true;
        body = answer.body();
        long modified =
            entry.modifiedNanos() != 0
                ? entry.modifiedNanos()
                : answer.modifiedMillis() * 1_000_000L;
        boolean sameVersion =
            before != null
                && !answer.etag().isEmpty()
                && answer.etag().equals(before.name())
                && (answer.size() < 0 || answer.size() == before.size());
        opened =
            new Offered(
                file.path(), file.source(), answer.size(), modified, answer.etag(), sameVersion);
        if (entry.size() >= 0 && answer.size() >= 0 && answer.size() != entry.size()) {
          trouble = notAsPromised();
        }
      }
    }
  }

  private void failed(URI uri, String why, boolean denied) {
    // A password that is wrong is not tried on the next file: that would lock the account.
    if (denied && !anySuccess) {
      throw impossible(why, ErrorCode.SOURCE_UNREADABLE);
    }
    trouble = why;
    if (firstTrouble.isEmpty()) {
      firstTrouble = why + " (" + WebAddress.told(uri) + ")";
    }
  }

  private static String notAsPromised() {
    return "không đúng độ dài hoặc SHA-256 của bản kê / not of the size or SHA-256 that the manifest"
        + " gives, left for the next run";
  }

  @Override
  public Offered opened(Offered file) {
    return opened;
  }

  @Override
  public boolean unchanged(Offered file, long bytesRead) {
    if (!trouble.isEmpty() || body == null) {
      return false;
    }
    if (!body.whole()) {
      trouble = body.trouble();
      return false;
    }
    boolean asPromised =
        (entry.size() < 0 || entry.size() == bytesRead)
            && (entry.sha256().isEmpty() || entry.sha256().equals(body.sha256()));
    trouble = asPromised ? "" : notAsPromised();
    return asPromised;
  }

  @Override
  public String why() {
    return trouble;
  }

  private TnmtException impossible(String why, ErrorCode code) {
    return TnmtException.of(
        code,
        why,
        WebAddress.told(URI.create(transport.urls().get(0).url().on(LocalDate.EPOCH))),
        "check transport of feed " + feed.id() + " (" + feed.place() + ")");
  }

  private void closeQuietly(Exception because) {
    try {
      close();
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (body != null) {
      body.close();
    }
    listing.close();
  }
}
