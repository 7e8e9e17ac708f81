/**
 * Live updates, without a runner: which files are ready ({@link dev.firn.live.Readiness}), which
 * have come though nobody said so ({@link dev.firn.live.Lookout}), and when what has come is to be
 * published ({@link dev.firn.live.Awaited}). Read {@code Awaited} first.
 */
package dev.firn.live;
