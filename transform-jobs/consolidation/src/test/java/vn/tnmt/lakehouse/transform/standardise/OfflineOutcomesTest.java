package vn.tnmt.lakehouse.transform.standardise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.settle.Fate;
import vn.tnmt.lakehouse.ingestion.settle.Settling;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Kind;
import vn.tnmt.lakehouse.tables.contract.LogicalType;
import vn.tnmt.lakehouse.tables.contract.Role;

/**
 * The offline form of the rules; with three records in memory, so that all cases go by disk too.
 */
class OfflineOutcomesTest extends OutcomeCases {
  private static final Contract CONTRACT =
      new Contract(
          "t.t",
          "1",
          Kind.STANDARD,
          "",
          "",
          "",
          "",
          List.of(column("station", LogicalType.STRING), column("at", LogicalType.INTEGER)),
          List.of("station", "at"),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          "");

  @TempDir Path dir;

  private static Column column(String name, LogicalType type) {
    return new Column(name, type, "string", true, "", "", "", "", "", "P0", Role.NONE);
  }

  @Override
  Map<String, Decided> decide(List<Given> records, Set<String> stations) {
    Map<String, Decided> inMemory = decide(records, stations, Settling.IN_MEMORY);
    assertThat(decide(records, stations, 3)).as("by disk").isEqualTo(inMemory);
    return inMemory;
  }

  private Map<String, Decided> decide(List<Given> records, Set<String> stations, int inMemory) {
    List<String> sources = new ArrayList<>();
    List<Given> sorted =
        records.stream()
            .sorted(
                Comparator.comparingInt(Given::sequence)
                    .thenComparing((Given g) -> utf8(g.file()), Arrays::compareUnsigned)
                    .thenComparingLong(Given::line))
            .toList();
    Map<String, Decided> decided = new TreeMap<>();
    try (Settling settling = new Settling(CONTRACT, dir, inMemory)) {
      Map<Long, String> places = new HashMap<>();
      for (Given g : sorted) {
        String source = g.delivery() + "/" + g.file();
        if (!sources.contains(source)) {
          sources.add(source);
        }
        String place = source + ":" + g.line();
        if (!g.rule().isEmpty()) {
          decided.put(place, new Decided("quarantined", "", List.of(g.rule())));
        } else if (stations != null && !stations.contains(g.station())) {
          decided.put(place, new Decided("quarantined", "", List.of("REC-21")));
        } else {
          Object[] row = {g.station(), (long) g.at()};
          long number = settling.add(sources.indexOf(source), g.line(), 0, row, g.hash());
          places.put(number, place);
          decided.put(place, new Decided("accepted", "", List.of()));
        }
      }
      for (Iterator<Fate> fates = settling.settle(); fates.hasNext(); ) {
        Fate fate = fates.next();
        decided.put(
            places.get(fate.sequence()),
            new Decided(
                fate.outcome().name().toLowerCase(Locale.ROOT),
                fate.by().map(by -> sources.get(by.source()) + ":" + by.line()).orElse(""),
                fate.outcome() == Fate.Outcome.QUARANTINED ? List.of("REC-20") : List.of()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return decided;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aKeyOfManyVersionsIsDecidedFromDisk() throws IOException {
    int versions = 25_000;
    try (Settling settling = new Settling(CONTRACT, dir, 1_000)) {
      for (int i = 0; i < versions; i++) {
        // every tenth one says something new, the last one too
        settling.add(i, 1, 0, new Object[] {"S1", 5L}, i / 10);
      }
      settling.add(0, 1, 0, new Object[] {"S2", 5L}, 7);
      long duplicates = 0;
      long superseded = 0;
      for (Iterator<Fate> fates = settling.settle(); fates.hasNext(); ) {
        Fate fate = fates.next();
        duplicates += fate.outcome() == Fate.Outcome.DUPLICATE ? 1 : 0;
        superseded += fate.outcome() == Fate.Outcome.SUPERSEDED ? 1 : 0;
      }
      assertThat(duplicates).isEqualTo(versions * 9 / 10);
      assertThat(superseded).as("all that changed but the last").isEqualTo(versions / 10 - 1);
    }
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(left).isEmpty();
    }
  }
}
