package vn.tnmt.lakehouse.core.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** The lease on a catalogue of Iceberg's own; no other host is asked what its clock says. */
final class LeaseTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String LAKE = "lake-1";

  private final InMemoryCatalog catalogue = new InMemoryCatalog();
  private final LeaseRegister register = LeaseRegister.of(catalogue);
  private final List<Holder> waitedFor = new java.util.concurrent.CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    catalogue.initialize("test", Map.of());
  }

  private Lease take(String command, Duration duration, Duration patience) {
    return Lease.acquire(
        register,
        LAKE,
        new Lease.Request(
            Holder.here(command), duration, patience, Lease.Beginning.NEW, waitedFor::add));
  }

  private Lease take(String command) {
    return take(command, LONG, Duration.ZERO);
  }

  /** A command of another host that took the lease and shows no life. */
  private void elsewhere(Duration duration, Instant since) {
    Holder holder = new Holder("ops-2", 4711, "nightly --date 2026-03-14", since, "other 4", "99");
    LeaseRegister.Entry now = register.read().orElse(null);
    long epoch = now == null ? 6 : now.state().epoch();
    assertThat(
            register.replace(
                now,
                new LeaseState(epoch, false, duration, LAKE, "", holder).taken(holder, duration)))
        .isPresent();
  }

  @Test
  void eachHolderHasAHigherNumber() {
    take("nightly").close();
    take("repair").close();
    try (Lease third = take("demo")) {
      assertThat(third.epoch()).isEqualTo(3);
      third.confirm();
    }
    assertThat(catalogue.listNamespaces()).as("what came before is cleared away").hasSize(1);
  }

  @Test
  void aSecondOneIsToldWhoHoldsItAndSinceWhen() {
    elsewhere(LONG, Instant.parse("2026-03-15T01:02:03Z"));
    assertThatThrownBy(() -> take("repair"))
        .hasMessageStartingWith("TNMT-6008")
        .hasMessageContaining("ops-2, process 4711 (nightly --date 2026-03-14)")
        .hasMessageContaining("since 2026-03-15T01:02:03Z");
    assertThat(waitedFor).as("it was not waited").isEmpty();
  }

  @Test
  void aHolderThatLivesIsWaitedForAndNotTakenOver() throws Exception {
    Lease held = take("nightly", SHORT, Duration.ZERO);
    assertThatThrownBy(() -> take("repair", SHORT, SHORT.multipliedBy(4)))
        .hasMessageStartingWith("TNMT-6008");
    assertThat(waitedFor).extracting(Holder::command).containsOnly("nightly");
    held.confirm();
    Thread closing =
        new Thread(
            () -> {
              pause();
              held.close();
            });
    closing.start();
    try (Lease next = take("repair", SHORT, LONG)) {
      assertThat(next.epoch()).isEqualTo(2);
    }
    closing.join();
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever the other host's clock says, an hour before or after ours. */
  @ParameterizedTest
  @ValueSource(longs = {-3600, 0, 3600})
  void oneThatDiedIsTakenOverAfterItsTime(long secondsOff) {
    elsewhere(SHORT, Instant.now().plusSeconds(secondsOff));
    long began = System.nanoTime();
    try (Lease taken = take("nightly", LONG, LONG)) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(SHORT)
          .isLessThan(Duration.ofSeconds(10));
      assertThat(taken.epoch()).isEqualTo(8);
    }
  }

  @Test
  void aProcessOfThisHostThatIsGoneIsNotWaitedFor() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Holder here = Holder.here("nightly");
    assertThat(here.isGone()).isFalse();
    Holder gone =
        new Holder(here.host(), ended.pid(), "nightly", here.since(), here.machine(), "12345");
    Holder reused =
        new Holder(here.host(), here.process(), "nightly", here.since(), here.machine(), "1");
    Holder unknown = new Holder(here.host(), ended.pid(), "nightly", here.since(), "", "");
    assertThat(unknown.isGone()).as("of a system that tells nothing").isFalse();
    for (Holder holder : List.of(gone, reused)) {
      assertThat(holder.isGone()).isTrue();
      LeaseRegister.Entry now = register.read().orElse(null);
      LeaseState before =
          now == null ? new LeaseState(0, false, LONG, LAKE, "", holder) : now.state();
      assertThat(register.replace(now, before.taken(holder, LONG))).isPresent();
      assertThatCode(() -> take("nightly").close()).doesNotThrowAnyException();
    }
  }

  @Test
  void aLateHolderFindsOutAndChangesNothing() {
    Lease late = take("nightly");
    register.replace(register.read().orElseThrow(), late.state().free());
    take("consolidate").close();
    try (Lease now = take("release")) {
      assertThatThrownBy(() -> late.intend("releases/publishing-1.json"))
          .hasMessageStartingWith("TNMT-6009")
          .hasMessageContaining("(release)");
      assertThatThrownBy(late::require).hasMessageStartingWith("TNMT-6009");
      assertThatThrownBy(late::confirm).hasMessageStartingWith("TNMT-6009");
      late.close();
      now.confirm();
      assertThat(now.state().intent()).isEmpty();
    }
    assertThat(catalogue.listNamespaces()).hasSize(1);
  }

  /** The place that a late one would write to is free again: its number must not count. */
  @Test
  void aPlaceThatWasClearedAwayIsNotTakenAgain() {
    Lease late = take("nightly");
    LeaseRegister.Entry seen = register.read().orElseThrow();
    for (int i = 0; i < 3; i++) {
      elsewhere(LONG, Instant.EPOCH);
    }
    assertThat(register.replace(seen, seen.state().intending("x"))).isEmpty();
    assertThat(register.state().orElseThrow().holder().host()).isEqualTo("ops-2");
    assertThat(catalogue.listNamespaces()).hasSize(1);
    late.close();
    assertThat(register.state().orElseThrow().held()).as("not given back by it").isTrue();
  }

  @Test
  void ofManyAtOnceOneHasIt() {
    AtomicInteger refused = new AtomicInteger();
    ConcurrentLinkedQueue<Lease> taken = new ConcurrentLinkedQueue<>();
    IntStream.range(0, 16)
        .parallel()
        .forEach(
            i -> {
              try {
                taken.add(take("night " + i));
              } catch (TnmtException e) {
                assertThat(e).hasMessageStartingWith("TNMT-6008");
                refused.incrementAndGet();
              }
            });
    assertThat(taken).hasSize(1);
    assertThat(refused).hasValue(15);
    taken.forEach(Lease::close);
  }

  @Test
  void theIntentOutlivesItsHolder() {
    try (Lease lease = take("nightly")) {
      lease.intend("releases/publishing-1.json");
    }
    try (Lease next = take("repair")) {
      assertThat(next.state().intent()).isEqualTo("releases/publishing-1.json");
    }
  }

  @Test
  void anEmptyRegisterBeginsWhereTheStoreSays() {
    Lease.Request request =
        new Lease.Request(
            Holder.here("repair"),
            LONG,
            Duration.ZERO,
            () -> new Lease.Start(41, "releases/publishing-41.json"),
            waitedFor::add);
    try (Lease lease = Lease.acquire(register, LAKE, request)) {
      assertThat(lease.epoch()).isEqualTo(42);
      assertThat(lease.state().intent()).isEqualTo("releases/publishing-41.json");
    }
  }

  @Test
  void anotherLakesLeaseIsNotTaken() {
    take("nightly").close();
    assertThatThrownBy(
            () ->
                Lease.acquire(
                    register,
                    "lake-2",
                    new Lease.Request(
                        Holder.here("nightly"), LONG, LONG, Lease.Beginning.NEW, waitedFor::add)))
        .hasMessageStartingWith("TNMT-6006")
        .hasMessageContaining("lake-1")
        .hasMessageContaining("lake-2");
    Lease unnamed =
        Lease.acquire(
            register,
            "",
            new Lease.Request(
                Holder.here("nightly"), LONG, LONG, Lease.Beginning.NEW, waitedFor::add));
    assertThatThrownBy(() -> unnamed.ofLake("lake-2")).hasMessageStartingWith("TNMT-6006");
    unnamed.close();
  }

  @ParameterizedTest
  @CsvSource({"epoch,?", "epoch,", "duration,?", "duration,PT9999999H", "since,?", "process,?"})
  void oneThatCannotBeReadIsNamed(String damaged, @Nullable String value) {
    take("nightly").close();
    Namespace standing = catalogue.listNamespaces().get(0);
    catalogue.setProperties(standing, new HashMap<>(Map.of(damaged, value == null ? "" : value)));
    assertThatThrownBy(() -> take("nightly"))
        .hasMessageStartingWith("TNMT-6006")
        .hasMessageContaining(standing.toString());
  }
}
