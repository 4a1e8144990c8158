package vn.tnmt.lakehouse.ingestion.mapping;

/**
 * How many slots a memory of recent values is worth. It is small for a column of few codes, grows
 * for one of thousands of names, and rests where nothing comes again, as in a column of keys.
 *
 * <p>One instance serves one memory of one thread.
 */
public final class Recency {
  private static final int SMALLEST = 1 << 8;
  private static final int GROWTH = 4;
  private static final int LARGEST = 1 << 14;

  /** Looks for each slot before its worth is judged. */
  private static final int PATIENCE = 4;

  /** Looks that a memory rests for, as a multiple of those that showed it to be in vain. */
  private static final int REST = 32;

  private final Allowance allowance;
  private int slots = SMALLEST;
  private int looks;
  private int hits;
  private int resting;

  public Recency(Allowance allowance) {
    this.allowance = allowance;
  }

  /**
   * Slots that several memories share beyond the few that each begins with, so that many columns do
   * not take much together.
   */
  public static final class Allowance {
    private int left;

    public Allowance(int slots) {
      this.left = slots;
    }

    private boolean take(int slots) {
      if (slots > left) {
        return false;
      }
      left -= slots;
      return true;
    }
  }

  /** A power of two. */
  public int slots() {
    return slots;
  }

  /** Whether to look at all; to be asked once for each value. */
  public boolean awake() {
    return resting == 0 || --resting == 0;
  }

  /** Whether nothing is to be remembered now. */
  public boolean resting() {
    return resting > 0;
  }

  /**
   * Counts a look.
   *
   * @return whether what is remembered is to be forgotten, {@link #slots} having changed perhaps
   */
  public boolean looked(boolean hit) {
    hits += hit ? 1 : 0;
    return ++looks >= PATIENCE * slots && judge();
  }

  private boolean judge() {
    int of = looks;
    int found = hits;
    looks = 0;
    hits = 0;
    if (found >= of / 2) {
      return false;
    }
    if (slots < LARGEST && allowance.take((GROWTH - 1) * slots)) {
      slots *= GROWTH;
      return true;
    }
    if (found >= of / 8) {
      return false;
    }
    resting = REST * of;
    allowance.left += slots - SMALLEST;
    slots = SMALLEST;
    return true;
  }
}
