package vn.tnmt.lakehouse.ingestion.collect.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;
import vn.tnmt.lakehouse.ingestion.collect.offer.SafePaths;
import vn.tnmt.lakehouse.ingestion.collect.offer.SortedListing;
import vn.tnmt.lakehouse.ingestion.collect.offer.Tally;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;
import vn.tnmt.lakehouse.ingestion.collect.transfer.RemoteFault;
import vn.tnmt.lakehouse.ingestion.collect.transfer.RemoteFile;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Tries;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/**
 * Objects of a publisher's bucket. The ETag is the version: an object is read only as the version
 * that was listed, whole or not at all.
 */
final class S3Offer implements Offer {
  private final Feed feed;
  private final S3 transport;
  private final S3Client client;
  private final Attempts attempts;
  private final SortedListing listing;
  private final Tally tally;
  private @Nullable RemoteFile body;
  private String trouble = "";

  private S3Offer(Feed feed, S3 transport, S3Client client, SortedListing listing, Tally tally) {
    this.feed = feed;
    this.transport = transport;
    this.client = client;
    this.attempts = new Attempts(transport.policy());
    this.listing = listing;
    this.tally = tally;
  }

  static S3Offer open(S3 transport, OfferRequest request) {
    S3Offer offer =
        new S3Offer(
            request.feed(),
            transport,
            client(transport),
            new SortedListing(request.work(), request.chunk(), request.tally()),
            request.tally());
    try {
      offer.list(new S3Listing(transport.prefix(), transport.pattern(), request.from()));
      return offer;
    } catch (IOException e) {
      offer.closeQuietly(e);
      throw offer.impossible(e);
    } catch (RuntimeException e) {
      offer.closeQuietly(e);
      throw e;
    }
  }

  private static S3Client client(S3 transport) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(transport.region()))
            .forcePathStyle(transport.pathStyle())
            .credentialsProvider(
                transport.accessKey() == null
                    ? AnonymousCredentialsProvider.create()
                    : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(
                            transport.accessKey().read(), transport.secretKey().read())))
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .connectionTimeout(transport.policy().connect())
                    .socketTimeout(transport.policy().idle()))
            // Tries are counted here, as for every transport, under the feed's deadline.
            .overrideConfiguration(
                override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    if (!transport.endpoint().isEmpty()) {
      builder.endpointOverride(URI.create(transport.endpoint()));
    }
    return builder.build();
  }

  private void list(S3Listing order) throws IOException {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder().bucket(transport.bucket()).prefix(transport.prefix());
    while (true) {
      ListObjectsV2Response page = page(request.build());
      for (S3Object object : page.contents()) {
        add(object);
      }
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return;
      }
      Optional<String> jump = order.jump(page);
      request.startAfter(jump.orElse(null));
      request.continuationToken(jump.isPresent() ? null : page.nextContinuationToken());
    }
  }

  private ListObjectsV2Response page(ListObjectsV2Request request) throws IOException {
    Tries tries = new Tries(attempts, transport.policy().retries(), transport.location());
    while (true) {
      try {
        return asked(() -> client.listObjectsV2(request));
      } catch (IOException e) {
        tries.again(e);
      }
    }
  }

  private void add(S3Object object) throws IOException {
    String name = object.key().substring(transport.prefix().length());
    if (name.isEmpty() || name.endsWith("/")) {
      // What consoles make to show an empty folder.
      return;
    }
    Optional<String> path = SafePaths.of(name);
    if (path.isEmpty()) {
      tally.unstable(name.replaceAll("\\p{Cntrl}", "?"), "tên không dùng được / not a usable name");
      return;
    }
    listing.add(
        new SortedListing.Entry(
            path.get(),
            object.key(),
            object.size(),
            TimeUnit.MILLISECONDS.toNanos(object.lastModified().toEpochMilli()),
            object.eTag() == null ? "" : object.eTag(),
            "",
            true));
  }

  @Override
  public @Nullable Offered next(EarlierFiles earlier) throws IOException {
    if (attempts.expired() && listing.left() > 0) {
      tally.leftUnstable += listing.left();
      tally.note(
          "quá thời hạn, để lại %1$d tệp cho lần sau / the deadline has passed, %1$d files are left for the next run"
              .formatted(listing.left()));
      return null;
    }
    SortedListing.Entry entry = listing.next();
    if (entry == null) {
      return null;
    }
    EarlierFiles.Version before = earlier.newest(entry.path());
    boolean untouched =
        before != null
            && !entry.version().isEmpty()
            && entry.version().equals(before.name())
            && entry.size() == before.size();
    return new Offered(
        entry.path(), entry, entry.size(), entry.modifiedNanos(), entry.version(), untouched);
  }

  @Override
  public InputStream open(Offered file) {
    SortedListing.Entry entry = (SortedListing.Entry) file.source();
    body = null;
    trouble = "";
    if (entry.size() > transport.policy().maxFileBytes()) {
      trouble = RemoteFile.tooLong(transport.policy().maxFileBytes());
      return InputStream.nullInputStream();
    }
    Tries tries = new Tries(attempts, transport.policy().retries(), entry.path());
    body =
        new RemoteFile(
            null,
            entry.size(),
            transport.policy().maxFileBytes(),
            tries,
            (position, digest) -> from(entry, position));
    return body;
  }

  private InputStream from(SortedListing.Entry entry, long position) throws IOException {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(transport.bucket()).key(entry.source());
    if (!entry.version().isEmpty()) {
      request.ifMatch(entry.version());
    }
    if (position > 0) {
      request.range("bytes=" + position + "-");
    }
    return new ObjectBytes(asked(() -> client.getObject(request.build())));
  }

  /** An object's bytes; closing before the end breaks the connection off instead of draining it. */
  private static final class ObjectBytes extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> object;

    ObjectBytes(ResponseInputStream<GetObjectResponse> object) {
      super(object);
      this.object = object;
    }

    @Override
    public void close() {
      object.abort();
    }
  }

  /** A request of the SDK; its failures become those that the tries understand. */
  private static <T> T asked(Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (AwsServiceException e) {
      throw fault(e);
    } catch (SdkException e) {
      // The message of the SDK names the host, never a secret.
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private static RemoteFault fault(AwsServiceException e) {
    int status = e.statusCode();
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    String told = " (HTTP " + status + (code == null || code.isEmpty() ? "" : ", " + code) + ")";
    if (status == 401 || status == 403) {
      return new RemoteFault(
          RemoteFault.Kind.DENIED,
          "kho không chấp nhận tài khoản / the store does not accept the credentials" + told);
    }
    if (status == 429 || status >= 500) {
      return new RemoteFault(
          RemoteFault.Kind.PASSING, "kho đang bận hoặc lỗi / the store is busy or failing" + told);
    }
    return new RemoteFault(
        status == 404 ? RemoteFault.Kind.MISSING : RemoteFault.Kind.LASTING,
        status == 412
            ? "thay đổi từ lúc liệt kê, để lần sau / changed since it was listed, left for the next"
                + " run"
            : status == 404
                ? "không có bucket hoặc đối tượng này / there is no such bucket or object" + told
                : "kho từ chối / the store refuses" + told);
  }

  @Override
  public boolean unchanged(Offered file, long bytesRead) {
    if (body != null && !body.whole()) {
      trouble = body.trouble();
    }
    return trouble.isEmpty() && body != null && body.whole() && bytesRead == file.size();
  }

  @Override
  public String why() {
    return trouble;
  }

  private TnmtException impossible(IOException why) {
    return TnmtException.of(
        RemoteFault.code(why),
        Tries.told(why),
        transport.location(),
        "check transport of feed " + feed.id() + " (" + feed.place() + ")",
        why);
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
    try (client) {
      if (body != null) {
        body.close();
      }
    } finally {
      listing.close();
    }
  }
}
