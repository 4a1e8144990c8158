package vn.tnmt.lakehouse.ingestion.format;

import java.util.Set;

/**
 * Files of one stem that are one file: they are collected together, as a zip under the name of the
 * main one. Extensions are in small letters, without their dot.
 *
 * @param main the extension of the main file; without one, the others are offered as they are
 * @param required those without which the file is not complete yet
 * @param others that belong to it where they are there
 */
public record FileParts(String main, Set<String> required, Set<String> others) {
  public FileParts {
    required = Set.copyOf(required);
    others = Set.copyOf(others);
  }

  /** Whether a file with this extension is a part. */
  public boolean has(String extension) {
    return main.equals(extension) || required.contains(extension) || others.contains(extension);
  }
}
