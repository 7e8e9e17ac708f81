/**
 * The command line: each command parses, calls, prints and returns an exit code. {@link
 * dev.firn.cli.Firn} lists the commands; {@code UpdateRun} is what {@code backfill}, {@code update}
 * and {@code demo} share.
 */
package dev.firn.cli;
