package vn.tnmt.lakehouse.ingestion.collect.offer;

import java.nio.file.Path;
import java.time.LocalDate;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/**
 * For what a transport is opened.
 *
 * @param businessDate the night
 * @param from first day of files that are looked at; {@link LocalDate#MIN} for all
 * @param work folder for temporary files, of this feed alone
 * @param chunk names of a listing that are held in memory
 * @param tally is told what is left, and why
 */
public record OfferRequest(
    Feed feed, LocalDate businessDate, LocalDate from, Path work, int chunk, Tally tally) {}
