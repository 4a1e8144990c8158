package vn.tnmt.lakehouse.orchestration.demo;

import java.time.LocalDate;

/**
 * What {@link DemoNation#writeNight} put on disk.
 *
 * @param businessDate the date to run the nightly for
 * @param files files written
 * @param bytes bytes written
 */
public record WrittenNight(LocalDate businessDate, long files, long bytes) {}
