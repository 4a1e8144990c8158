package vn.tnmt.lakehouse.ingestion.format.archive;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.format.FixedCells;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * Files of a format, packed. A packed file is read as a whole, and no rejected row comes back so.
 */
public record Archived(Format content, Archive archive) implements Format {
  @Override
  public FormatType type() {
    return content.type();
  }

  @Override
  public Set<Trait> traits() {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    traits.addAll(content.traits());
    traits.remove(Trait.CUT);
    return traits;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return content.reader(reading);
  }

  @Override
  public RecordReader unpacking(RecordReader reader) {
    return new ArchiveReader(reader, archive);
  }

  @Override
  public Optional<FixedCells> cells() {
    return content.cells();
  }

  @Override
  public List<String> memberGroups() {
    return archive.members().groups();
  }

  @Override
  public Map<String, String> memberGroups(String member) {
    return member.isEmpty()
        ? Map.of()
        : archive.members().match(member).map(FilePattern.Match::groups).orElse(Map.of());
  }
}
