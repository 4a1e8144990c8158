package vn.tnmt.lakehouse.core.lease;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lease.LeaseRegister.Entry;

/**
 * The right to write to a lake, wherever in the network: at most one command has it. Its number,
 * {@link #epoch}, grows with each holder, and what bears a lower one is refused. A thread renews it
 * until it is closed.
 *
 * <p>No two hosts' clocks are compared. Who waits takes a lease over when it has seen, by its own
 * steady clock, nothing of the lease change for as long as it lasts; or when the holder was a
 * process of this host that is gone. A holder that was too slow is not asked: it finds out, at the
 * latest when it commits.
 */
public final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final Map<String, Lease> HELD = new ConcurrentHashMap<>();
  private static final int RENEWALS_IN_ITS_TIME = 4;
  private static final long LONGEST_LOOK_MILLIS = 1_000;

  private final LeaseRegister register;
  private final long lastsNanos;
  private final String id;
  private final ScheduledExecutorService renewing;
  private Entry entry;
  private long renewals;
  private volatile long confirmed;
  private volatile boolean lost;

  private Lease(LeaseRegister register, Entry entry, long asked) {
    this.register = register;
    this.entry = entry;
    this.id = entry.attempt();
    this.lastsNanos = entry.state().duration().toNanos();
    this.confirmed = asked;
    this.renewing =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease");
              thread.setDaemon(true);
              return thread;
            });
    long period = lastsNanos / RENEWALS_IN_ITS_TIME;
    var unused =
        renewing.scheduleWithFixedDelay(this::renewQuietly, period, period, TimeUnit.NANOSECONDS);
    HELD.put(id, this);
  }

  /** What a holder asks for, and how it waits. */
  public record Request(
      Holder holder, Duration duration, Duration patience, Beginning beginning, Waiting waiting) {}

  /** What a register that has nothing yet begins with. */
  public interface Beginning {
    /** Nothing was ever written. */
    Beginning NEW = () -> new Start(0, "");

    /** Asked only where there is no lease. */
    Start find();
  }

  /**
   * Where a register begins.
   *
   * @param epoch every earlier one is not above it
   * @param intent key of a release that was begun; empty for none
   */
  public record Start(long epoch, String intent) {}

  /** Told of who is waited for. */
  public interface Waiting {
    /** The holder can be proved to be gone, by what only the caller knows. */
    default boolean isGone(Holder holder) {
      return false;
    }

    /** Called several times, as long as it is waited. */
    void on(Holder holder);
  }

  /**
   * Takes the lease; waits as long as the request says.
   *
   * @param lake id of the lake; empty while it has none
   * @throws TnmtException {@code TNMT-6008} that says who has it and since when; {@code TNMT-6006}
   *     when the register is another lake's
   */
  public static Lease acquire(LeaseRegister register, String lake, Request request) {
    long began = System.nanoTime();
    Entry watched = null;
    long unchangedSince = began;
    while (true) {
      long asked = System.nanoTime();
      Entry found = register.read().orElse(null);
      if (found != null) {
        requireLake(found.state(), lake);
      }
      if (found == null || watched == null || !found.equals(watched)) {
        watched = found;
        unchangedSince = System.nanoTime();
      }
      if (found == null || isFree(found.state(), asked - unchangedSince, request.waiting())) {
        Optional<Entry> taken = register.replace(found, next(found, lake, request));
        if (taken.isPresent()) {
          return new Lease(register, taken.get(), asked);
        }
      } else if (asked - began >= request.patience().toNanos()) {
        throw held(found.state());
      } else {
        request.waiting().on(found.state().holder());
        pause(found.state());
      }
    }
  }

  private static boolean isFree(LeaseState state, long unchangedNanos, Waiting waiting) {
    return !state.held()
        || unchangedNanos >= state.duration().toNanos()
        || state.holder().isGone()
        || waiting.isGone(state.holder());
  }

  private static LeaseState next(@Nullable Entry found, String lake, Request request) {
    if (found != null) {
      LeaseState state = found.state();
      return (state.lake().isEmpty() ? state.ofLake(lake) : state)
          .taken(request.holder(), request.duration());
    }
    Start start = request.beginning().find();
    return new LeaseState(
            start.epoch(), false, request.duration(), lake, start.intent(), request.holder())
        .taken(request.holder(), request.duration());
  }

  private static void requireLake(LeaseState state, String lake) {
    if (!lake.isEmpty() && !state.lake().isEmpty() && !state.lake().equals(lake)) {
      throw TnmtException.of(
          ErrorCode.PAST_BROKEN,
          "quyền ghi trong danh mục là của hồ khác / the catalogue's lease is another lake's",
          "home %s, catalogue %s, %s".formatted(lake, state.lake(), state.holder()),
          "kiểm tra / check --home, store.*, catalogue.*: nothing was changed");
    }
  }

  private static void pause(LeaseState state) {
    try {
      Thread.sleep(Math.max(1, Math.min(LONGEST_LOOK_MILLIS, state.duration().toMillis() / 10)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw held(state);
    }
  }

  private static TnmtException held(LeaseState state) {
    return TnmtException.of(
        ErrorCode.LEASE_HELD,
        "hồ đang được lệnh khác ghi / the lake is being written by " + state.holder(),
        "epoch " + state.epoch(),
        "chờ lệnh kia xong, hoặc tăng lease.waitSeconds / wait until it has finished, or raise"
            + " lease.waitSeconds; one that died is taken over after "
            + state.duration().toSeconds()
            + " s");
  }

  /** The lease that this process holds under an id. */
  public static Optional<Lease> find(String id) {
    return Optional.ofNullable(HELD.get(id));
  }

  /** Names it within this process. */
  public String id() {
    return id;
  }

  /** The fencing token. */
  public long epoch() {
    return state().epoch();
  }

  /** What the register says, as far as this holder knows. */
  public synchronized LeaseState state() {
    return entry.state();
  }

  /**
   * Still held, as was seen within its time; else it is asked.
   *
   * @throws TnmtException {@code TNMT-6009} when another has it
   */
  public void require() {
    if (lost || System.nanoTime() - confirmed >= lastsNanos) {
      confirm();
    }
  }

  /**
   * Still held, as the register says now: before what no catalogue guards.
   *
   * @throws TnmtException {@code TNMT-6009} when another has it
   */
  public synchronized void confirm() {
    long asked = System.nanoTime();
    if (lost || !register.renew(entry, ++renewals)) {
      throw lost();
    }
    confirmed = asked;
  }

  /**
   * Writes down which release is to be made, by this process or the next: the point of no return.
   * Whoever takes the lease over comes before it or after it.
   *
   * @param key of the release's manifest; empty once it was made
   * @throws TnmtException {@code TNMT-6009} when another has the lease
   */
  public void intend(String key) {
    replace(state().intending(key));
  }

  /**
   * The lake has got an id, or has one.
   *
   * @throws TnmtException {@code TNMT-6006} when the lease is another lake's
   */
  public void ofLake(String lake) {
    requireLake(state(), lake);
    if (state().lake().isEmpty()) {
      replace(state().ofLake(lake));
    }
  }

  private synchronized void replace(LeaseState next) {
    long asked = System.nanoTime();
    if (lost) {
      throw lost();
    }
    entry = register.replace(entry, next).orElseThrow(this::lost);
    confirmed = asked;
  }

  private TnmtException lost() {
    lost = true;
    String by = register.state().map(now -> now.holder().toString()).orElse("?");
    return TnmtException.of(
        ErrorCode.LEASE_LOST,
        "lệnh này đã mất quyền ghi hồ / this command has lost the lake's lease, now or last had by "
            + by,
        "epoch " + entry.state().epoch(),
        "nó bị treo lâu hơn lease.seconds; chạy lại / it stood still for longer than lease.seconds;"
            + " run it again");
  }

  private void renewQuietly() {
    try {
      confirm();
    } catch (TnmtException e) {
      LOG.warn("{}", e.getMessage());
      if (lost) {
        renewing.shutdown();
      }
    } catch (RuntimeException e) {
      LOG.warn("The lease was not renewed; it is tried again", e);
    }
  }

  /** Gives it back. */
  @Override
  public void close() {
    renewing.shutdownNow();
    HELD.remove(id);
    try {
      synchronized (this) {
        if (!lost) {
          lost = true;
          var unused = register.replace(entry, entry.state().free());
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("The lease was not given back; it ends by itself", e);
    }
  }
}
