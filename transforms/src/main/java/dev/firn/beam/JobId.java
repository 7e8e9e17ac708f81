package dev.firn.beam;

import dev.firn.update.RegionJobKey;
import dev.firn.update.UpdateId;

/**
 * A region job of an update: the key by which source files are grouped.
 *
 * @param update the update
 * @param job the job's key within it
 */
record JobId(UpdateId update, RegionJobKey job) {}
