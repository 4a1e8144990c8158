package vn.tnmt.lakehouse.ingestion.collect.https;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream that waits for each piece only so long; the stream of the JDK
 * waits for ever. One piece is under way at a time, so that memory stays bounded.
 */
final class TimedBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
  /** What arrives: buffers, the end (both null), or a failure. */
  private record Piece(@Nullable List<ByteBuffer> buffers, @Nullable Throwable failure) {}

  private static final Piece END = new Piece(null, null);

  private final Supplier<Duration> patience;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private volatile Flow.Subscription subscription;
  private volatile boolean closed;
  private boolean ended;

  /**
   * @param patience how long the next piece may take
   */
  TimedBody(Supplier<Duration> patience) {
    this.patience = patience;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    pieces.add(new Piece(item, null));
  }

  @Override
  public void onError(Throwable failure) {
    pieces.add(new Piece(null, failure));
  }

  @Override
  public void onComplete() {
    pieces.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      ByteBuffer buffer = buffers.peek();
      if (buffer == null) {
        await();
      } else if (!buffer.hasRemaining()) {
        buffers.remove();
        if (buffers.isEmpty()) {
          subscription.request(1);
        }
      } else {
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, count);
        return count;
      }
    }
    return -1;
  }

  private void await() throws IOException {
    Duration wait = patience.get();
    try {
      Piece piece = pieces.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
      if (piece == null) {
        close();
        throw new HttpTimeoutException("no byte for " + wait.toSeconds() + " s");
      }
      if (piece.failure() != null) {
        throw new IOException(String.valueOf(piece.failure().getMessage()), piece.failure());
      }
      if (piece.buffers() == null) {
        ended = true;
      } else if (piece.buffers().isEmpty()) {
        subscription.request(1);
      } else {
        buffers.addAll(piece.buffers());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** Breaks the connection off, unless the body has ended. */
  @Override
  public void close() {
    closed = true;
    if (ended) {
      return;
    }
    Flow.Subscription given = subscription;
    if (given != null) {
      given.cancel();
    }
  }
}
