package vn.tnmt.lakehouse.orchestration.airflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The body of an answer as a stream that knows its time: the time-out of {@code HttpRequest} ends
 * with the headers, and a server that stops in the middle would hold a reader for ever. At most one
 * batch of buffers is fetched ahead.
 */
final class AnswerBody extends InputStream implements BodySubscriber<AnswerBody> {
  private static final Object END = new Object();
  private static final Object MORE = new Object();

  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private final LongSupplier nanosLeft;
  private volatile Flow.Subscription subscription;
  private volatile boolean closed;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private Object end;

  /** {@code nanosLeft} is asked at each wait for data how long it may last. */
  AnswerBody(LongSupplier nanosLeft) {
    this.nanosLeft = nanosLeft;
  }

  @Override
  public int read() throws IOException {
    return hasData() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasData()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(target, offset, count);
    return count;
  }

  private boolean hasData() throws IOException {
    while (!current.hasRemaining()) {
      if (end == END) {
        return false;
      }
      if (end instanceof Throwable broken) {
        throw new IOException(broken.getMessage(), broken);
      }
      Object next = closed ? new IOException("closed") : await();
      if (next == MORE) {
        subscription.request(1);
      } else if (next instanceof ByteBuffer buffer) {
        current = buffer;
      } else {
        end = next;
      }
    }
    return true;
  }

  private Object await() throws IOException {
    try {
      Object next = arrived.poll(Math.max(1, nanosLeft.getAsLong()), TimeUnit.NANOSECONDS);
      if (next == null) {
        close();
        throw new HttpTimeoutException("the answer stopped before its end");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /** Gives the connection up unless the answer is at its end; a reader that waits is woken. */
  @Override
  public void close() {
    closed = true;
    Flow.Subscription open = subscription;
    if (open != null) {
      open.cancel();
    }
    arrived.add(new IOException("closed"));
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public CompletionStage<AnswerBody> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription opened) {
    subscription = opened;
    if (closed) {
      opened.cancel();
    } else {
      opened.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrived.addAll(buffers);
    arrived.add(MORE);
  }

  @Override
  public void onError(Throwable broken) {
    arrived.add(broken);
  }

  @Override
  public void onComplete() {
    arrived.add(END);
  }
}
