package vn.tnmt.lakehouse.ingestion.settle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;

/**
 * Keys as 16 bytes of SHA-256: two keys are equal when the tables hold them as equal. Tables keep
 * instants to the microsecond and floats in 4 bytes; 0.0 and -0.0 are the same. (Of 250 million
 * keys two different ones share a hash with a probability below 10⁻²².)
 */
final class KeyHash {
  private final int[] positions;
  private final boolean[] floats;
  private final MessageDigest digest;
  private final ByteBuffer eight = ByteBuffer.allocate(8);

  KeyHash(Contract contract) {
    List<String> key = contract.key();
    positions = key.stream().mapToInt(contract::index).toArray();
    floats = new boolean[positions.length];
    for (int i = 0; i < floats.length; i++) {
      Column column = contract.columns().get(positions[i]);
      floats[i] = column.physicalType().equalsIgnoreCase("float");
    }
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The hash's first 16 bytes. */
  ByteBuffer of(Object[] row) {
    for (int i = 0; i < positions.length; i++) {
      value(row[positions[i]], floats[i]);
    }
    return ByteBuffer.wrap(digest.digest(), 0, 16);
  }

  private void value(Object value, boolean asFloat) {
    if (value == null) {
      digest.update((byte) '0');
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number('S', bytes.length);
      digest.update(bytes);
    } else if (value instanceof Double number) {
      double kept = (asFloat ? (double) number.floatValue() : number) + 0.0;
      number('D', Double.doubleToLongBits(kept));
    } else if (value instanceof Long number) {
      number('L', number);
    } else if (value instanceof Instant instant) {
      number('T', instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    } else if (value instanceof LocalDate date) {
      number('A', date.toEpochDay());
    } else if (value instanceof Boolean flag) {
      digest.update((byte) (flag ? 'Y' : 'N'));
    } else if (value instanceof byte[] bytes) {
      number('B', bytes.length);
      digest.update(bytes);
    } else {
      throw new IllegalArgumentException("a key holds no " + value.getClass().getName());
    }
  }

  private void number(char tag, long number) {
    digest.update((byte) tag);
    digest.update(eight.putLong(0, number).array());
  }
}
