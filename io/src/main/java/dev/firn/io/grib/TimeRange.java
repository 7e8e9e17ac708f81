package dev.firn.io.grib;

import java.time.Duration;
import java.util.Optional;

/**
 * One of the time ranges of a statistical process, octets 47–58 of template 4.8 and their repeats.
 * The first is the outermost: a mean over days of daily maxima has the range of the mean first.
 *
 * @param process how (code table 4.10)
 * @param increment how fields within it differ (code table 4.11): 2 by their forecast time
 * @param length of the range; empty where it is not said. Months and years are counted from the
 *     start of the overall interval
 * @param step from one field to the next, counted alike; zero for a continuous process
 */
public record TimeRange(
    int process, int increment, Optional<Duration> length, Optional<Duration> step) {}
