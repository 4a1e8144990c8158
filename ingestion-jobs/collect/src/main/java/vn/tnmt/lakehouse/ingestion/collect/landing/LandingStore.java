package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import vn.tnmt.lakehouse.core.store.ObjectStore;

/**
 * What landing needs of an object store. Keys are relative to the bucket. Failures are {@code
 * TnmtException}s; the streams throw {@code IOException}.
 */
public interface LandingStore {
  /** A small object, whole. */
  InputStream open(String key);

  InputStream openRange(String key, long offset, long length);

  /** Writes an object that appears when the stream is closed; replaces one that exists. */
  OutputStream create(String key);

  /**
   * Keys below a prefix that come after another one, in their order; what lies before is not
   * listed.
   */
  Iterator<String> keysAfter(String prefix, String after);

  /** Names right below a prefix; those of folders end with a slash. */
  List<String> children(String prefix);

  void delete(String key);

  /** Deletes an object that is there, or not: nobody looks. */
  void forget(String key);

  /** Landing in the platform's bucket. */
  static LandingStore of(ObjectStore store) {
    return new LandingStore() {
      @Override
      public InputStream open(String key) {
        return new ByteArrayInputStream(store.get(key));
      }

      @Override
      public InputStream openRange(String key, long offset, long length) {
        return store.openRange(key, offset, length);
      }

      @Override
      public OutputStream create(String key) {
        return store.create(key);
      }

      @Override
      public Iterator<String> keysAfter(String prefix, String after) {
        return store.keysAfter(prefix, after);
      }

      @Override
      public List<String> children(String prefix) {
        return store.children(prefix);
      }

      @Override
      public void delete(String key) {
        store.delete(key);
      }

      @Override
      public void forget(String key) {
        store.forget(key);
      }
    };
  }
}
