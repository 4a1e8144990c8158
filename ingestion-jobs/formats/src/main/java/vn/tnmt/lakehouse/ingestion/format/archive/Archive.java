package vn.tnmt.lakehouse.ingestion.format.archive;

import java.io.Serializable;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/**
 * The archive that a feed's files are.
 *
 * @param members names of the members to read, below the root of the archive that holds them
 */
public record Archive(Kind kind, FilePattern members, Limits limits) implements Serializable {

  /** How members are packed. */
  public enum Kind {
    /** What the first bytes say; a file that is no archive is read as it is. */
    AUTO,
    ZIP,
    TAR,
    TAR_GZ,
    /** One compressed file, which has no name of its own. */
    GZ
  }

  /**
   * What unpacking one file may take, so that a bomb costs one file and not the night.
   *
   * @param entries members, folders and refused ones included
   * @param unpackedBytes of all members together
   * @param ratio unpacked bytes for each packed one; the first megabyte is free
   * @param depth archives in one another; 1 is an archive without archives in it
   * @param pathLength characters of a member's path
   */
  public record Limits(int entries, long unpackedBytes, int ratio, int depth, int pathLength)
      implements Serializable {
    /** 100,000 members, 20 GB, 200 to 1, nested once, 512 characters. */
    public static final Limits USUAL = new Limits(100_000, 20L << 30, 200, 2, 512);
  }
}
