/**
 * The update protocol as a Beam pipeline. {@link dev.firn.beam.ReformatUpdate#expand} is the table
 * of contents; every DoFn fetches, calls one method of {@link dev.firn.update}, and emits.
 */
package dev.firn.beam;
