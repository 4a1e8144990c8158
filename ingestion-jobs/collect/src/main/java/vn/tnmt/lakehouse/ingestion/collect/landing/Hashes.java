package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** SHA-256 of the blocks of a stream, as it flows by. */
final class Hashes {
  /** Small enough that a stretch of a file costs little more than itself to be checked. */
  static final long BLOCK = 1 << 20;

  private final long block;
  private final MessageDigest digest = Sha256.digest();
  private final List<String> blocks = new ArrayList<>();
  private long inBlock;

  Hashes(long block) {
    this.block = block;
  }

  /** Of the whole stream: a block without end. */
  static Hashes ofAll() {
    return new Hashes(Long.MAX_VALUE);
  }

  void update(int value) {
    digest.update((byte) value);
    added(1);
  }

  void update(byte[] bytes, int offset, int length) {
    int done = 0;
    while (done < length) {
      int part = (int) Math.min(length - done, block - inBlock);
      digest.update(bytes, offset + done, part);
      added(part);
      done += part;
    }
  }

  private void added(int count) {
    inBlock += count;
    if (inBlock == block) {
      blocks.add(Sha256.hex(digest)); // which resets it
      inBlock = 0;
    }
  }

  /** Those of full blocks. */
  List<String> full() {
    return blocks;
  }

  /** All of them: the last one may be short, and that of an empty stream is one of nothing. */
  List<String> finish() {
    if (inBlock > 0 || blocks.isEmpty()) {
      blocks.add(Sha256.hex(digest));
      inBlock = 0;
    }
    return blocks;
  }
}
