/**
 * The update protocol, whichever runner executes it: how one update of one archive is split into
 * region jobs, written to all its stores and published so that readers see the old or the complete
 * new data.
 *
 * <p>Read {@link dev.firn.update.UpdatePlanner} (what is to be done, pinned once in the {@link
 * dev.firn.update.Journal}), {@link dev.firn.update.RegionJobRunner} (one unit of work), {@link
 * dev.firn.update.MergedResults} (have all been heard from?), {@link dev.firn.update.Publisher}
 * (the one place where readers are shown anything). {@link dev.firn.update.ArchiveStore} is what a
 * store's format has to do, {@link dev.firn.update.IndexedWorker} the whole of it without a runner.
 */
package dev.firn.update;
