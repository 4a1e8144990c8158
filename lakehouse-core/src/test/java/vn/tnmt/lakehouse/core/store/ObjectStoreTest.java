package vn.tnmt.lakehouse.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

@Tag("slow")
final class ObjectStoreTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void givesBackWhatWasPut() {
    store().put("put/a b/tên có dấu 100%.txt", "nội dung".getBytes(UTF_8));
    assertThat(new String(store().get("put/a b/tên có dấu 100%.txt"), UTF_8)).isEqualTo("nội dung");
    assertThat(store().exists("put/a b/tên có dấu 100%.txt")).isTrue();
    assertThat(store().exists("put/a b")).as("a folder is not an object").isFalse();
    store().put("put/a b/tên có dấu 100%.txt", new byte[0]);
    assertThat(store().get("put/a b/tên có dấu 100%.txt")).as("replaced").isEmpty();
    assertThat(store().uri("put/x")).hasToString("s3a://tnmt/put/x");
  }

  @Test
  void sendsLargeObjectsInPartsAndReadsRanges() throws IOException {
    byte[] block = new byte[1 << 20];
    new Random(1).nextBytes(block);
    try (OutputStream out = store().create("large.bin")) {
      for (int i = 0; i < 40; i++) {
        block[0] = (byte) i;
        out.write(block);
      }
    }
    for (int i : new int[] {0, 15, 16, 39}) {
      block[0] = (byte) i;
      try (InputStream in = store().openRange("large.bin", (long) i << 20, 1 << 20)) {
        assertThat(Arrays.equals(in.readAllBytes(), block)).as("megabyte %d", i).isTrue();
      }
    }
    try (InputStream in = store().openRange("large.bin", (40L << 20) - 3, 100)) {
      assertThat(in.readAllBytes()).as("no further than the end").hasSize(3);
    }
    try (InputStream in = store().openRange("large.bin", 5, 0)) {
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(store().walk("large.bin").next().size()).isEqualTo(40L << 20);
  }

  @Test
  void listsChildrenAndWalksInTheOrderOfKeys() {
    for (String key : List.of("list/b/2", "list/b/1", "list/a", "list/c/d/e")) {
      store().put(key, new byte[] {1});
    }
    assertThat(store().children("list")).containsExactly("a", "b/", "c/");
    assertThat(store().children("nowhere")).isEmpty();
    assertThat(keys("list")).containsExactly("list/a", "list/b/1", "list/b/2", "list/c/d/e");
    assertThat(keys("nowhere")).isEmpty();
    Iterator<ObjectStore.Entry> empty = store().walk("nowhere");
    assertThatThrownBy(empty::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void walksOverSeveralPages() {
    for (int i = 0; i < 1203; i++) {
      store().put("pages/%04d".formatted(i), new byte[0]);
    }
    assertThat(keys("pages")).hasSize(1203).isSorted();
    List<String> after = new ArrayList<>();
    store().keysAfter("pages/", "pages/0100").forEachRemaining(after::add);
    assertThat(after).hasSize(1102).isSorted().startsWith("pages/0101").endsWith("pages/1202");
    assertThat(store().keysAfter("pages/", "pages/1202").hasNext()).isFalse();
  }

  @Test
  void forgetsWithoutATrace() {
    store().put("marks/x/f/1", new byte[0]);
    store().forget("marks/x/f/1");
    store().forget("marks/x/f/1");
    assertThat(keys("marks")).isEmpty();
    assertThat(LAKE.lakehouse().home().resolve("s3/tnmt/marks/x/f/1")).doesNotExist();
    assertThat(store().keysAfter("marks/", "marks/").hasNext()).isFalse();
  }

  @Test
  void leavesOutWhatAKilledEndpointDidNotFinish() throws IOException {
    store().put("cut/whole", new byte[] {1});
    Path unfinished =
        LAKE.lakehouse().home().resolve("s3/tnmt/cut/whole-fde5b3fa-5a7c-4857-baf4-1218660a8e74");
    Files.write(unfinished, new byte[] {2});
    assertThat(store().children("cut")).containsExactly("whole");
    assertThat(keys("cut")).containsExactly("cut/whole");
  }

  @Test
  void deletesOneOrAllBelow() {
    store().put("gone/a", new byte[0]);
    store().put("gone/b/c", new byte[0]);
    store().delete("gone/a");
    store().delete("gone/never-was");
    assertThat(keys("gone")).containsExactly("gone/b/c");
    store().deleteAll("gone");
    store().deleteAll("gone");
    assertThat(keys("gone")).isEmpty();
  }

  @Test
  void aMissingObjectIsNamed() {
    assertThatThrownBy(() -> store().get("missing/x"))
        .hasMessageStartingWith("TNMT-3003")
        .hasMessageContaining("s3://tnmt/missing/x");
    assertThatThrownBy(() -> store().open("missing/x")).hasMessageStartingWith("TNMT-3003");
    assertThatThrownBy(() -> store().openRange("missing/x", 3, 4))
        .hasMessageStartingWith("TNMT-3003");
    assertThat(store().find("missing/x")).isEmpty();
  }

  @Test
  void aWholeObjectAndARangeTakeOneRequestEach() throws IOException {
    store().put("once/x", "năm".getBytes(UTF_8));
    StoreRequests before = StoreRequests.soFar();
    assertThat(store().find("once/x").orElseThrow()).isEqualTo("năm".getBytes(UTF_8));
    try (InputStream in = store().openRange("once/x", 1, 3)) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("ăm");
    }
    assertThat(StoreRequests.soFar().since(before)).isEqualTo(new StoreRequests(0, 2, 0, 0, 0));
  }

  @Test
  void theWrongSecretIsRefused() {
    StoreAccess right = store().access();
    StoreAccess wrong =
        new StoreAccess(
            right.endpoint(), right.region(), right.bucket(), true, right.accessKey(), "wrong");
    try (ObjectStore store = ObjectStore.open(wrong)) {
      assertThatThrownBy(() -> store.put("x", new byte[0]))
          .hasMessageStartingWith("TNMT-3002")
          .hasMessageContaining("s3://tnmt/x");
    }
    assertThat(right.toString()).doesNotContain(right.accessKey(), right.secretKey());
  }

  @Test
  void isOneForAllTasksOfAJvm() {
    assertThat(ObjectStore.shared(store().access())).isSameAs(ObjectStore.shared(store().access()));
  }

  private static ObjectStore store() {
    return LAKE.lakehouse().store();
  }

  private static List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store().walk(prefix).forEachRemaining(entry -> keys.add(entry.key()));
    return keys;
  }
}
