/**
 * Files that others publish, read by their URLs: over HTTP, from S3 or from a directory.
 *
 * <p>{@link dev.firn.io.source.SourceFiles} is the door. A file is found at a {@link
 * dev.firn.io.source.FileVersion} and read at that version only; ranges that lie close to each
 * other are read in one request ({@code CoalescedRanges}). {@code HttpFiles} speaks HTTP through
 * {@code HttpExchanges}, which makes attempts, follows redirects, shows {@link
 * dev.firn.io.source.Logins} and waits for its turn at a host ({@link
 * dev.firn.io.source.HostLimits}); {@code StoredFiles} reads object stores. {@link
 * dev.firn.io.source.UnwrappedFiles} stands before them where files are wrapped as a whole.
 */
package dev.firn.io.source;
