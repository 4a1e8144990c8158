package vn.tnmt.lakehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.base.progress.Waits;
import vn.tnmt.lakehouse.core.lake.Faults;

/** A store that fails a few times is asked again, by both of its clients, and people are told. */
@Tag("slow")
final class BusyStoreTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile int failure = 503;
  private volatile boolean cutOff;
  private HttpServer server;
  private StoreAccess access;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          boolean fails = failures.getAndDecrement() > 0;
          if (cutOff && exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            exchange.close();
            return;
          }
          exchange.getResponseHeaders().add("Last-Modified", "Sat, 14 Mar 2026 00:00:00 GMT");
          exchange.getResponseHeaders().add("Content-Length", "0");
          exchange.sendResponseHeaders(fails ? failure : 200, -1);
          exchange.close();
        });
    server.start();
    access =
        new StoreAccess(
            "http://127.0.0.1:" + server.getAddress().getPort(),
            "us-east-1",
            "tnmt",
            true,
            "k",
            "s");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void hadoopsClientAsksAgainAndTheWaitIsTold() {
    for (int status : new int[] {500, 503}) {
      failure = status;
      failures.set(3);
      try (ObjectStore store = ObjectStore.open(access)) {
        assertThat(store.exists("a")).isTrue();
      }
      assertThat(Waits.recent()).hasValueSatisfying(why -> assertThat(why).contains("" + status));
    }
    assertThat(asked).hasValueGreaterThanOrEqualTo(8);
  }

  /** Four waits of half a second and twice as much each time, at least half of each. */
  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void icebergsClientAsksAgainAndWaitsLongerEachTime(int status) {
    failure = status;
    failures.set(4);
    long begun = System.nanoTime();
    try (S3FileIO files = new S3FileIO()) {
      files.initialize(access.icebergProperties());
      assertThat(files.newInputFile("s3://tnmt/a").exists()).isTrue();
    }
    assertThat(asked).hasValue(5);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(3_700));
  }

  @Test
  void requestsOfBothClientsAreCountedAndSoIsEachAttempt() {
    StoreRequests before = StoreRequests.soFar();
    failures.set(1);
    try (ObjectStore store = ObjectStore.open(access);
        S3FileIO files = new S3FileIO()) {
      files.initialize(access.icebergProperties());
      assertThat(files.newInputFile("s3://tnmt/a").exists()).isTrue();
      assertThat(store.exists("a")).isTrue();
    }
    StoreRequests asked = StoreRequests.soFar().since(before);
    assertThat(asked.head()).isEqualTo(3);
    assertThat(asked.all()).isEqualTo(this.asked.get());
  }

  /** Parquet and Avro pass on what the connection throws, in wraps of their own. */
  @Test
  void anAnswerThatBreaksOffIsTheStoresFault() {
    cutOff = true;
    try (S3FileIO files = new S3FileIO()) {
      files.initialize(access.icebergProperties());
      assertThatThrownBy(
              () -> {
                try (InputStream in = files.newInputFile("s3://tnmt/a", 100).newStream()) {
                  in.readNBytes(100);
                }
              })
          .satisfies(
              thrown ->
                  assertThat(Faults.of(new IllegalStateException("Failed to open", thrown)))
                      .hasValueSatisfying(
                          fault ->
                              assertThat(fault)
                                  .hasMessageStartingWith("TNMT-3002")
                                  .hasMessageContaining("broke off in its answer")));
    }
    assertThat(Faults.of(new IllegalStateException(new IOException("of something else"))))
        .isEmpty();
  }

  @Test
  void aSettingThatNeedsAnotherClientIsACodedError() {
    assertThatThrownBy(() -> new PatientS3Clients().s3Async())
        .hasMessageStartingWith("TNMT-5002")
        .hasMessageContaining("s3.analytics-accelerator.enabled");
  }

  @Test
  void aRefusalIsToldAtOnce() {
    failure = 403;
    failures.set(1000);
    try (ObjectStore store = ObjectStore.open(access)) {
      assertThatThrownBy(() -> store.exists("a"))
          .hasMessageStartingWith(
              "TNMT-3002 kho đối tượng báo lỗi / the object store failed (s3://tnmt/a)");
    }
    assertThat(asked).hasValueLessThan(4);
  }
}
