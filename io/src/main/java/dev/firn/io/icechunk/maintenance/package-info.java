/**
 * Looks after Icechunk repositories: gives up old snapshots, deletes what nothing reaches, checks
 * that everything reachable is there and whole.
 *
 * <p>Reading order: {@link dev.firn.io.icechunk.maintenance.Expiration} changes the repo info file
 * alone; {@link dev.firn.io.icechunk.maintenance.GarbageCollection} deletes; {@link
 * dev.firn.io.icechunk.maintenance.Verification} reads everything. {@link
 * dev.firn.io.icechunk.maintenance.StoreClock} tells the time that ages are measured in.
 */
package dev.firn.io.icechunk.maintenance;
